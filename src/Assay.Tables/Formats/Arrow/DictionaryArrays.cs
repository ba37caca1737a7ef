namespace Assay.Tables.Arrow;

/// <summary>Dictionary-encoded fields as columns.</summary>
internal static class DictionaryArrays
{
    public static Column Decode(ArrowField field, IReadOnlyList<ArrowArray> parts, int count)
    {
        ArrowDictionary? dictionary = parts.Count > 0 ? parts[0].Dictionary : null;
        if (parts.All(part => part.Dictionary == dictionary)) return Decode(field, parts, count, dictionary);
        // A stream that replaced the dictionary on its way.
        return Table.Concat(parts.Select(part => new Table([Decode(field, [part], part.Length)], part.Length))).Columns[0];
    }

    /// <summary>The codes of texts that share one dictionary, whose entries are all different and not null.</summary>
    public static TextCodes Codes(ArrowField field, IReadOnlyList<ArrowArray> parts, int count)
    {
        Column entries = parts.Count == 0 ? ColumnFactory.Strings(field.Name, []) : parts[0].Dictionary!.Values;
        Validity? validity = ArrayDecoder.Valid(parts, count);
        ReadOnlyMemory<int> codes = Numbers(field, parts, count, validity, entries.Count);
        string?[] texts = entries.AsStrings().ToArray();
        int[] canonical = Canonical(texts);
        if (entries.NullCount == 0 && canonical.Length == 0) return new TextCodes(codes, texts!, validity);

        // What our own writer never does: entries that are null, or there twice.
        int[] own = codes.ToArray();
        for (int i = 0; i < own.Length; i++)
            if ((validity is null || validity[i]) && canonical.Length > 0) own[i] = canonical[own[i]];
        Validity? all = Validity.From(own.Length, i => (validity is null || validity[i]) && texts[own[i]] is not null);
        return new TextCodes(own, Array.ConvertAll(texts, text => text ?? ""), all);
    }

    private static Column Decode(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, ArrowDictionary? dictionary)
    {
        Column entries = dictionary?.Values ?? ArrayDecoder.Decode(field with { Dictionary = null }, [], 0);
        if (entries.Type is ColumnType.String or ColumnType.Json)
            return new DictionaryColumn(field.Name, entries.Type, count, new(() => Codes(field, parts, count)));
        Validity? validity = ArrayDecoder.Valid(parts, count);
        int[] rows = Numbers(field, parts, count, validity, entries.Count).ToArray();
        for (int i = 0; i < rows.Length; i++)
            if (validity is not null && !validity[i]) rows[i] = -1;
        return entries.Take(rows).Rename(field.Name);
    }

    /// <summary>Numbers of entries, each of which has been seen to be one where it is not null.</summary>
    private static ReadOnlyMemory<int> Numbers(ArrowField field, IReadOnlyList<ArrowArray> parts, int count, Validity? validity, int entries)
    {
        bool isAsStored = parts.Count == 1 && field.Dictionary!.Index.Width == 32;
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

    /// <summary>For each entry the first one that is equal to it; nothing where all differ.</summary>
    private static int[] Canonical(string?[] texts)
    {
        var first = new Dictionary<string, int>(texts.Length, StringComparer.Ordinal);
        var canonical = new int[texts.Length];
        bool areDifferent = true;
        for (int i = 0; i < texts.Length; i++)
        {
            canonical[i] = i;
            if (texts[i] is { } text && !first.TryAdd(text, i)) canonical[i] = first[text];
            areDifferent &= canonical[i] == i;
        }

        return areDifferent ? [] : canonical;
    }
}
