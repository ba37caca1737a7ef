namespace Assay.Tables;

/// <summary>What the formats for people share: cells as text in, one text out.</summary>
internal abstract class HumanWriter : ITableWriter
{
    public void Write(Table table, Stream stream) => stream.Write(Encoding.UTF8.GetBytes(Compose(table, new TextTableOptions())));

    public string Compose(Table table, TextTableOptions options)
    {
        var text = new StringBuilder();
        Compose(new HumanCells(table, options), text);
        return text.ToString();
    }

    protected abstract void Compose(HumanCells cells, StringBuilder text);
}

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

/// <summary>Columns of a terminal that a text fills: two for East Asian wide characters and emoji, none for combining marks.</summary>
internal static class DisplayWidth
{
    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    private static int Of(Rune rune)
    {
        if (rune.Value < 0x300) return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        bool isWide = rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
            or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
        return isWide ? 2 : 1;
    }
}
