using Apache.Arrow;
using Apache.Arrow.Types;

namespace Assay.Tables;

/// <summary>Dictionary-encoded fields as columns.</summary>
internal static class ArrowDictionary
{
    public static Column Decode(ArrowParts parts)
    {
        if (parts.Count == 0) return ArrowDecoder.Decode(parts.With(((DictionaryType)parts.Type).ValueType, []));
        List<List<ArrayData>> runs = Runs(parts.Arrays);
        if (runs.Count == 1) return DecodeRun(parts);
        // A stream that added to the dictionary, or replaced it, on its way.
        IEnumerable<Column> columns = runs.Select(run => DecodeRun(parts.With(parts.Type, run)));
        return Table.Concat(columns.Select(column => new Table([column], column.Count))).Columns[0];
    }

    /// <summary>Whether all arrays count entries of the same texts.</summary>
    public static bool IsOneDictionaryOfTexts(ArrowParts parts) =>
        parts.Type is DictionaryType { ValueType: StringType or LargeStringType or StringViewType } && parts.Arrays.Count > 0
            && Runs(parts.Arrays).Count == 1;

    /// <summary>The codes of texts that share one dictionary, without copying where possible.</summary>
    public static TextCodes Codes(ArrowParts parts, Column entries)
    {
        ReadOnlyMemory<int> codes = Checked(parts, entries.Count);
        // In files of other writers an entry may be null or there twice.
        string[] texts = [.. entries.AsStrings().ToArray().Select(text => text ?? "")];
        var first = new Dictionary<string, int>(texts.Length, StringComparer.Ordinal);
        bool areDifferent = entries.NullCount == 0;
        for (int i = 0; i < texts.Length; i++) areDifferent &= entries.IsNull(i) || first.TryAdd(texts[i], i);
        if (areDifferent) return new TextCodes(codes, texts, parts.Validity);

        int[] canonical = [.. codes.ToArray().Select((code, row) => IsValid(row) && !entries.IsNull(code) ? first[texts[code]] : -1)];
        return new TextCodes(canonical, texts, Validity.From(canonical.Length, i => canonical[i] >= 0));

        bool IsValid(int row) => parts.Validity is not { } validity || validity[row];
    }

    /// <summary>The entries of the dictionary that the arrays share.</summary>
    public static Column Entries(ArrowParts parts) =>
        ArrowDecoder.Decode(parts.With(((DictionaryType)parts.Type).ValueType, [parts.Arrays[0].Dictionary]));

    private static Column DecodeRun(ArrowParts parts)
    {
        Column entries = Entries(parts);
        if (entries.Type is ColumnType.String or ColumnType.Json)
            return new DictionaryColumn(parts.Name, entries.Type, parts.Count, new Lazy<TextCodes>(Codes(parts, entries)));
        int[] rows = Checked(parts, entries.Count).ToArray();
        for (int i = 0; i < rows.Length; i++)
            if (parts.Validity is { } validity && !validity[i]) rows[i] = -1;
        return entries.Take(rows).Rename(parts.Name);
    }

    /// <summary>Parts that follow each other and share a dictionary.</summary>
    private static List<List<ArrayData>> Runs(IReadOnlyList<ArrayData> arrays)
    {
        var runs = new List<List<ArrayData>>();
        foreach (ArrayData array in arrays)
        {
            if (runs.Count == 0 || !ReferenceEquals(runs[^1][0].Dictionary, array.Dictionary)) runs.Add([]);
            runs[^1].Add(array);
        }

        return runs;
    }

    private static ReadOnlyMemory<int> Checked(ArrowParts parts, int entries)
    {
        IArrowType index = ((DictionaryType)parts.Type).IndexType;
        ReadOnlyMemory<int>? stored = index is Int32Type ? parts.InPlace<int>() : default(ReadOnlyMemory<int>?);
        ReadOnlyMemory<int> codes = stored
            ?? System.Array.ConvertAll(ArrowDecoder.Whole(parts, index.TypeId), code => code is >= 0 and <= int.MaxValue ? (int)code : -1);
        ReadOnlySpan<int> values = codes.Span;
        for (int i = 0; i < values.Length; i++)
            if ((uint)values[i] >= (uint)entries && (parts.Validity is not { } validity || validity[i]))
                throw new InvalidDataException($"row {i} is number {values[i]} of a dictionary of {entries}");
        return codes;
    }
}
