namespace Assay;

/// <summary>Finds values that are listed more than once.</summary>
internal static class Duplicates
{
    private const int MaxShown = 8;

    /// <summary>One note that lists the repeated values; empty when no value is repeated.</summary>
    public static IReadOnlyList<string> Note(string where, IEnumerable<object?> values)
    {
        var first = new Dictionary<Key, long>();
        var shown = new List<string>();
        long position = 0, repeats = 0;
        foreach (object? value in values)
        {
            position++;
            if (first.TryAdd(new Key(value), position) || ++repeats > MaxShown) continue;
            shown.Add($"{ValueText.Of(value)} (values {first[new Key(value)]} and {position})");
        }
        if (repeats == 0) return [];
        string more = repeats > MaxShown ? $" and {repeats - MaxShown} more" : "";
        return [$"{where} repeats {string.Join(", ", shown)}{more}; equal points are one run"];
    }

    // A dictionary does not accept null as a key.
    private readonly record struct Key(object? Value);
}
