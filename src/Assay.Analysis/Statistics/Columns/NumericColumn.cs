namespace Assay.Analysis;

/// <summary>Columns of tables as numbers, with faults that say what stands there instead.</summary>
internal static class NumericColumn
{
    /// <summary>The column of a name; a fault names the nearest one.</summary>
    public static Column Find(Table table, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (table.TryGetColumn(name, out Column? column)) return column;
        string[] names = [.. table.Columns.Select(c => c.Name)];
        string meant = NearestNames.To(name, names) is [string nearest, ..] ? $" Did you mean '{nearest}'?" : "";
        string there = names.Length == 0 ? "no columns" : ValueText.Few([.. names.Select(n => $"'{n}'")], most: 20);
        throw new TableException($"There is no column '{name}'; the table has {there}.{meant}");
    }

    /// <summary>A column of numbers or booleans as it is, of durations as seconds, and of nulls alone as numbers.</summary>
    public static Column Of(Column column)
    {
        switch (column.Type)
        {
            case ColumnType.Boolean or ColumnType.Int64 or ColumnType.Double:
                return column;
            case ColumnType.Duration:
                var seconds = new double?[column.Count];
                for (int i = 0; i < seconds.Length; i++) seconds[i] = column.IsNull(i) ? null : column.AsDurations()[i].TotalSeconds;
                return Column.Of(column.Name, seconds);
            default:
                if (column.NullCount == column.Count) return Column.Of(column.Name, new double?[column.Count]);
                int row = Enumerable.Range(0, column.Count).Where(i => !column.IsNull(i)).MaxBy(i => IsOther(column[i]));
                throw new TableException($"Column '{column.Name}' holds {ValueText.Of(column[row])} in row {row}, which is no number; "
                    + "expected numbers, booleans or durations alone. Filter such rows out, or choose another column.");
        }
    }

    /// <summary>Whether <see cref="Of"/> takes a column.</summary>
    public static bool IsNumeric(Column column) =>
        column.Type is ColumnType.Boolean or ColumnType.Int64 or ColumnType.Double or ColumnType.Duration
        || column.NullCount == column.Count;

    /// <summary>The values that are not null.</summary>
    public static double[] Present(Column column)
    {
        ReadOnlySpan<double> values = column.AsDoubles();
        if (column.NullCount == 0) return values.ToArray();
        var present = new List<double>(column.Count - column.NullCount);
        for (int i = 0; i < values.Length; i++)
            if (!column.IsNull(i)) present.Add(values[i]);
        return [.. present];
    }

    // In a column with text numbers are text too; what is to blame is the rest.
    private static bool IsOther(object? value) =>
        !double.TryParse(value as string, System.Globalization.CultureInfo.InvariantCulture, out _);
}
