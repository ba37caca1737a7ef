namespace Assay;

/// <summary>Finds values listed more than once, in one pass.</summary>
internal static class Duplicates
{
    private const int Shown = 8;

    /// <summary>One note that lists the repeated values, or none.</summary>
    public static IReadOnlyList<string> Note(string where, IEnumerable<object?> values)
    {
        var first = new Dictionary<Key, long>();
        var shown = new List<string>();
        long position = 0, repeats = 0;
        foreach (object? value in values)
        {
            position++;
            if (first.TryAdd(new Key(value), position) || ++repeats > Shown) continue;
            shown.Add($"{ValueText.Of(value)} (values {first[new Key(value)]} and {position})");
        }
        if (repeats == 0) return [];
        string more = repeats > Shown ? $" and {repeats - Shown} more" : "";
        return [$"{where} repeats {string.Join(", ", shown)}{more}: the same point twice is one run"];
    }

    // Null is a value here, and a dictionary does not take it as a key.
    private readonly record struct Key(object? Value);
}
