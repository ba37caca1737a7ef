using System.Globalization;

namespace Assay.Analysis.Figures;

/// <summary>A column as places on an axis: numbers, times, or the names of categories.</summary>
internal sealed class PlotColumn
{
    private PlotColumn(string name, Axis axis, double[] values) => (Name, Axis, Values) = (name, axis, values);

    /// <summary>The name of the column.</summary>
    public string Name { get; }

    /// <summary>The axis such values need.</summary>
    public Axis Axis { get; }

    /// <summary>The place of each row; NaN without a value.</summary>
    public double[] Values { get; }

    /// <exception cref="TableException">There is no such column; the message names the nearest one.</exception>
    public static PlotColumn Of(Table table, string name)
    {
        Column column = Find(table, name);
        switch (column.Type)
        {
            case ColumnType.Int64 or ColumnType.Double:
                return new PlotColumn(name, new Axis { Label = name }, column.AsDoubles().ToArray());
            case ColumnType.Duration:
                return new PlotColumn(name, new Axis { Label = name + " (s)" }, Numbers(column, span => ((TimeSpan)span).TotalSeconds));
            case ColumnType.Timestamp:
                return new PlotColumn(
                    name, new Axis { Label = name, Scale = AxisScale.Time },
                    Numbers(column, at => (((DateTimeOffset)at).UtcDateTime - DateTime.UnixEpoch).TotalMilliseconds));
            default:
                return Categories(column);
        }
    }

    /// <summary>As <see cref="Of"/>, with each value as a category: numbers and times in their order, others as they come first.</summary>
    public static PlotColumn AsCategories(Table table, string name)
    {
        PlotColumn found = Of(table, name);
        if (found.Axis.Scale == AxisScale.Category) return found;
        double[] different = [.. found.Values.Where(value => !double.IsNaN(value)).Distinct().Order()];
        string[] names = found.Axis.Scale == AxisScale.Time
            ? Array.ConvertAll(different, at => TimeTicks.Of(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
            : NumberTicks.Names(different);
        double[] places = Array.ConvertAll(found.Values, value => double.IsNaN(value) ? double.NaN : Array.BinarySearch(different, value));
        return new PlotColumn(name, new Axis { Label = name, Scale = AxisScale.Category, Categories = names }, places);
    }

    /// <summary>As <see cref="Of"/>, refusing everything but numbers.</summary>
    /// <exception cref="TableException">The column holds no numbers.</exception>
    public static PlotColumn OfNumbers(Table table, string name)
    {
        Column column = Find(table, name);
        if (column.Type == ColumnType.Boolean) return new PlotColumn(name, new Axis { Label = name }, column.AsDoubles().ToArray());
        // A column without any value has the type of text.
        if (column.NullCount == column.Count)
            return new PlotColumn(name, new Axis { Label = name }, [.. Enumerable.Repeat(double.NaN, column.Count)]);
        PlotColumn found = Of(table, name);
        return found.Axis.Scale == AxisScale.Linear
            ? found
            : throw new TableException(
                $"Column '{name}' holds {column.Type} values; expected numbers. Choose another column, or convert it.");
    }

    public static Column Find(Table table, string name)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(name);
        if (table.TryGetColumn(name, out Column? column)) return column;
        string[] names = [.. table.Columns.Select(c => c.Name)];
        string near = NearestNames.To(name, names) is [string nearest, ..] ? $" Did you mean '{nearest}'?" : "";
        throw new TableException($"There is no column '{name}' to plot; the table has {List(names)}.{near}");
    }

    private static PlotColumn Categories(Column column)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var values = new double[column.Count];
        for (int row = 0; row < values.Length; row++)
        {
            string? text = column[row] switch
            {
                null => null,
                true => "true",
                false => "false",
                object value => value.ToString(),
            };
            if (text is null) values[row] = double.NaN;
            else values[row] = places.TryGetValue(text, out int place) ? place : places[text] = places.Count;
        }

        return new PlotColumn(
            column.Name, new Axis { Label = column.Name, Scale = AxisScale.Category, Categories = [.. places.Keys] }, values);
    }

    private static double[] Numbers(Column column, Func<object, double> number)
    {
        var values = new double[column.Count];
        for (int row = 0; row < values.Length; row++) values[row] = column[row] is { } value ? number(value) : double.NaN;
        return values;
    }

    private static string List(string[] names) => names.Length == 0
        ? "no columns"
        : string.Join(", ", names.Take(20).Select(name => $"'{name}'")) + (names.Length > 20 ? $" and {names.Length - 20} more" : "");
}
