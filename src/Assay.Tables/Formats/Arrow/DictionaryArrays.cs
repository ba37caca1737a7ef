namespace Assay.Tables.Arrow;

/// <summary>Dictionary-encoded fields as columns.</summary>
internal static class DictionaryArrays
{
    public static Column Decode(ArrowField field, IReadOnlyList<ArrowArray> parts, int count)
    {
        if (parts.Count == 0) return ArrayDecoder.Decode(field with { Dictionary = null }, [], 0);
        List<List<ArrowArray>> runs = Runs(parts);
        if (runs.Count == 1) return DecodeRun(field, parts, count);
        // A stream that replaced the dictionary on its way.
        IEnumerable<Column> columns = runs.Select(run => DecodeRun(field, run, run.Sum(part => part.Length)));
        return Table.Concat(columns.Select(column => new Table([column], column.Count))).Columns[0];
    }

    /// <summary>The codes of texts that share one dictionary, where they lie if that is wanted and possible.</summary>
    public static TextCodes Codes(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, bool inPlace)
    {
        DictionaryTexts texts = parts[0].Dictionary!.Texts;
        Validity? validity = ArrayDecoder.Valid(parts, count);
        ReadOnlyMemory<int> codes = Numbers(field, parts, count, validity, inPlace);
        if (texts.Canonical.Length == 0) return new TextCodes(codes, texts.Entries, validity);

        int[] first = codes.ToArray();
        for (int i = 0; i < first.Length; i++)
            if (validity is null || validity[i]) first[i] = texts.Canonical[first[i]];
        return new TextCodes(first, texts.Entries, Validity.From(count, i => (validity is null || validity[i]) && first[i] >= 0));
    }

    private static Column DecodeRun(ArrowField field, IReadOnlyList<ArrowArray> parts, int count)
    {
        Column entries = parts[0].Dictionary!.Values;
        if (entries.Type is ColumnType.String or ColumnType.Json)
        {
            TextCodes codes = Codes(field, parts, count, inPlace: false);
            return new DictionaryColumn(field.Name, entries.Type, count, new Lazy<TextCodes>(codes));
        }

        Validity? validity = ArrayDecoder.Valid(parts, count);
        int[] rows = Numbers(field, parts, count, validity, inPlace: false).ToArray();
        for (int i = 0; i < rows.Length; i++)
            if (validity is not null && !validity[i]) rows[i] = -1;
        return entries.Take(rows).Rename(field.Name);
    }

    /// <summary>Parts that follow each other and share a dictionary.</summary>
    private static List<List<ArrowArray>> Runs(IReadOnlyList<ArrowArray> parts)
    {
        var runs = new List<List<ArrowArray>>();
        foreach (ArrowArray part in parts)
        {
            if (runs.Count == 0 || runs[^1][0].Dictionary != part.Dictionary) runs.Add([]);
            runs[^1].Add(part);
        }

        return runs;
    }

    /// <summary>Numbers of entries, each of which has been seen to be one where it is not null.</summary>
    private static ReadOnlyMemory<int> Numbers(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity, bool inPlace)
    {
        int entries = parts[0].Dictionary!.Count;
        bool isAsStored = inPlace && parts.Count == 1 && field.Dictionary!.Index.Width == 32;
        ReadOnlyMemory<int> codes = isAsStored ? parts[0].Memory<int>() : Narrowed(field, parts, count, validity);
        ReadOnlySpan<int> values = codes.Span;
        for (int i = 0; i < values.Length; i++)
            if ((uint)values[i] >= (uint)entries && (validity is null || validity[i]))
                throw parts[0].Fault(parts[0].Offset, $"row {i} is number {values[i]} of a dictionary of {entries}");
        return codes;
    }

    private static int[] Narrowed(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity)
    {
        long[] wide = NumberArrays.Whole(field with { Type = field.Dictionary!.Index }, parts, count, validity);
        return Array.ConvertAll(wide, code => code is >= 0 and < int.MaxValue ? (int)code : int.MaxValue);
    }
}
