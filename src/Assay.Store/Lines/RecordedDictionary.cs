namespace Assay.Journals;

/// <summary>
/// Values by name as a run recorded them, in their order. A name that is missing is told with those there are, where a dictionary of the
/// framework only says that the key is not present. Read-only for whoever gets it; thread-safe then.
/// </summary>
public sealed class RecordedDictionary : OrderedDictionary<string, object?>, IReadOnlyDictionary<string, object?>
{
    internal RecordedDictionary() : base(StringComparer.Ordinal) { }

    /// <exception cref="KeyNotFoundException">There is no such name; the message lists those there are.</exception>
    object? IReadOnlyDictionary<string, object?>.this[string key] =>
        TryGetValue(key, out object? value) ? value : throw new KeyNotFoundException(
            $"there is no value called '{key}'; there are {KnownText(key, [.. Keys])} Correct the name, or ask with TryGetValue.");

    /// <summary>The names there are, and the nearest to one that is not among them.</summary>
    internal static string KnownText(string name, IReadOnlyCollection<string> names)
    {
        const int Most = 30;
        string known = names.Count == 0 ? "none" : ValueText.Few([.. names.Select(n => $"'{n}'")], Most);
        return known + (NearestNames.To(name, names) is [string nearest, ..] ? $". Did you mean '{nearest}'?" : ".");
    }
}
