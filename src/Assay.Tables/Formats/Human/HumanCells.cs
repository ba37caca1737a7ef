using System.Globalization;

namespace Assay.Tables;

/// <summary>The cells of a table as people read them.</summary>
internal sealed class HumanCells(Table table, TextTableOptions options)
{
    public int RowCount { get; } = Math.Min(table.RowCount, options.MaxRows ?? int.MaxValue);

    public int ColumnCount => table.Columns.Count;

    public int HiddenRows => table.RowCount - RowCount;

    public string Name(int column) => Shorten(table.Columns[column].Name);

    /// <summary>Numbers and durations stand to the right, so that digits of one weight are below each other.</summary>
    public bool IsRightAligned(int column) => table.Columns[column].Type is ColumnType.Int64 or ColumnType.Double or ColumnType.Duration;

    public string this[int row, int column]
    {
        get
        {
            Column source = table.Columns[column];
            if (source.IsNull(row)) return options.NullText;
            return source.Type switch
            {
                ColumnType.Double => Number(source.AsDoubles()[row]),
                ColumnType.String or ColumnType.Json => Shorten(source.AsStrings()[row]!),
                _ => ValueText.Of(source, row),
            };
        }
    }

    private string Number(double value) => options.SignificantDigits is { } digits && double.IsFinite(value)
        ? value.ToString("G" + Math.Clamp(digits, 1, 17).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : ValueText.Of(value);

    private string Shorten(string text)
    {
        if (options.MaxWidth is not { } width || text.Length <= Math.Max(1, width)) return text;
        int kept = Math.Max(0, width - 1);
        if (kept > 0 && char.IsHighSurrogate(text[kept - 1])) kept--;
        return text[..kept] + "…";
    }
}
