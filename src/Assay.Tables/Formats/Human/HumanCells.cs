namespace Assay.Tables;

/// <summary>The cells of a table as people read them.</summary>
internal sealed class HumanCells
{
    private readonly TextTableOptions _options;

    public HumanCells(Table table, TextTableOptions options)
    {
        _options = options;
        int shown = Math.Min(table.RowCount, options.MaxRows ?? int.MaxValue);
        Names = [.. table.Columns.Select(column => Shorten(column.Name))];
        AreRightAligned = [.. table.Columns.Select(column => column.Type is ColumnType.Int64 or ColumnType.Double or ColumnType.Duration)];
        Rows = Enumerable.Range(0, shown).Select(row => table.Columns.Select(column => Text(column, row)).ToArray());
        Rest = (table.RowCount - shown) switch { 0 => null, 1 => "1 more row", var hidden => $"{hidden} more rows" };
    }

    public string[] Names { get; }

    /// <summary>Numbers and durations are right-aligned, so that digits of one weight are below each other.</summary>
    public bool[] AreRightAligned { get; }

    public IEnumerable<string[]> Rows { get; }

    /// <summary>How many rows are not shown; null when all are.</summary>
    public string? Rest { get; }

    private string Text(Column column, int row)
    {
        if (column.IsNull(row)) return _options.NullText;
        return column.Type switch
        {
            ColumnType.Double => Number(column.AsDoubles()[row]),
            ColumnType.String or ColumnType.Json => Shorten(column.AsStrings()[row]!),
            _ => ValueText.Of(column, row),
        };
    }

    private string Number(double value) => _options.SignificantDigits is { } digits && double.IsFinite(value)
        ? value.ToString("G" + Math.Clamp(digits, 1, 17).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : ValueText.Of(value);

    private string Shorten(string text)
    {
        if (_options.MaxWidth is not { } width || text.Length <= Math.Max(1, width)) return text;
        int kept = Math.Max(0, width - 1);
        if (kept > 0 && char.IsHighSurrogate(text[kept - 1])) kept--;
        return text[..kept] + "…";
    }
}
