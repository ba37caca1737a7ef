namespace Assay.Tables.Arrow;

/// <summary>
/// The texts of a dictionary. In other writers' files an entry may be null or there twice: <paramref name="Canonical"/> then gives for each
/// entry the first one equal to it, and −1 for null; it is empty where all entries are different texts, as in our own files.
/// </summary>
internal sealed record DictionaryTexts(string[] Entries, int[] Canonical)
{
    public static DictionaryTexts Of(Column column)
    {
        ReadOnlySpan<string?> texts = column.AsStrings();
        var first = new Dictionary<string, int>(texts.Length, StringComparer.Ordinal);
        var entries = new string[texts.Length];
        var canonical = new int[texts.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = texts[i] ?? "";
            canonical[i] = texts[i] is null ? -1 : first.TryAdd(entries[i], i) ? i : first[entries[i]];
        }

        return new DictionaryTexts(entries, first.Count == entries.Length ? [] : canonical);
    }
}
