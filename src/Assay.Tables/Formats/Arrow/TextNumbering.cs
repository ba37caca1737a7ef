namespace Assay.Tables;

/// <summary>Numbers the different texts of a column where that pays: where at most every second text is one not seen before.</summary>
internal static class TextNumbering
{
    /// <summary>Rows seen before a dictionary is given up as useless.</summary>
    private const int Trial = 4096;
    private const int Largest = 1 << 16;

    /// <summary>The numbers, or null where they would not pay.</summary>
    public static TextCodes? Of(Column column)
    {
        int present = column.Count - column.NullCount;
        if (column is IDictionaryCodes { Codes: var codes } && codes.Entries.Length <= present / 2) return Defined(codes);
        ReadOnlySpan<string?> texts = column.AsStrings();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new int[texts.Length];
        int seen = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text) continue;
            if (!known.TryGetValue(text, out int number))
            {
                if (known.Count == Largest || (seen >= Trial && known.Count > seen / 2)) return null;
                known.Add(text, number = known.Count);
            }

            numbers[i] = number;
            seen++;
        }

        return seen > 0 && known.Count <= seen / 2 ? new TextCodes(numbers, [.. known.Keys], column.Validity) : null;
    }

    // Other readers may look at the number at a null.
    private static TextCodes Defined(TextCodes codes)
    {
        if (codes.Validity is null) return codes;
        int[] numbers = codes.Codes.ToArray();
        Numbers.ClearNulls<int>(numbers, codes.Validity);
        return codes with { Codes = numbers };
    }
}
