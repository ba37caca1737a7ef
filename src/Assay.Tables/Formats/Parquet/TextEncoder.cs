using System.Text;

namespace Assay.Tables.Parquet;

/// <summary>Text as UTF-8 with its length in front.</summary>
internal sealed class TextEncoder(Column column) : ColumnEncoder(column.Validity)
{
    private const int PageSize = 1 << 20;
    private const int LongestInStatistics = 64;

    private readonly IValues<string?> _values = (IValues<string?>)column;

    public override PhysicalType Type => PhysicalType.ByteArray;

    public override int PageEnd(int from, int to) => End(from, to, PageSize);

    public override int GroupEnd(int from, int to, int mostText) => End(from, to, mostText);

    private int End(int from, int to, int most)
    {
        ReadOnlySpan<string?> values = _values.Values;
        long size = 0;
        int row = from;
        while (row < to && size < most) size += 4 + (values[row++]?.Length ?? 0);
        return row;
    }

    public override void Plain(ByteWriter page, int from, int to)
    {
        ReadOnlySpan<string?> values = _values.Values;
        for (int row = from; row < to; row++)
            if (values[row] is { } text) Write(page, text);
    }

    public override bool TryDictionary(ByteWriter page, int from, int to, DictionaryCodes codes) =>
        TryNumber<string>(_values.Values!, from, to, text => Write(page, text), codes);

    public override (byte[] Min, byte[] Max)? Range(int from, int to)
    {
        ReadOnlySpan<string?> values = _values.Values;
        string? min = null, max = null;
        for (int row = from; row < to; row++)
        {
            if (values[row] is not { } text || (object)text == min || (object)text == max) continue;
            if (min is null || Compare(text, min) < 0) min = text;
            if (max is null || Compare(text, max) > 0) max = text;
        }

        if (min is null || min.Length > LongestInStatistics || max!.Length > LongestInStatistics) return null;
        return (Encoding.UTF8.GetBytes(min), Encoding.UTF8.GetBytes(max));
    }

    private static void Write(ByteWriter page, string text)
    {
        int sizeAt = page.Length;
        page.Int32(0);
        page.Utf8(text);
        page.PatchInt32(sizeAt, page.Length - sizeAt - sizeof(int));
    }

    // Readers order text by its UTF-8 bytes; UTF-16 differs from that only where surrogates are involved.
    private static int Compare(string left, string right)
    {
        int same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length) return left.Length.CompareTo(right.Length);
        char a = left[same], b = right[same];
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
