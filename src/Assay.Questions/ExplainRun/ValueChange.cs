namespace Assay.Questions;

/// <summary>A value that is not the same in two runs.</summary>
/// <param name="Part">
/// What it belongs to: <c>experiment</c>, <c>version</c>, <c>params</c>, <c>seed</c>, <c>context</c>, <c>packages</c> or <c>outside</c>.
/// </param>
/// <param name="Name">Its name, dotted when nested; empty for parts that are one value.</param>
/// <param name="Change"><c>changed</c>, <c>added</c> or <c>removed</c>.</param>
/// <param name="Before">In the older run.</param>
/// <param name="After">In the newer run.</param>
internal sealed record ValueChange(string Part, string Name, string Change, object? Before, object? After)
{
    public const string Changed = "changed";
    public const string Added = "added";
    public const string Removed = "removed";

    /// <summary>Compares single values by their JSON, in which 1, 1.0 and "1" differ.</summary>
    public static IEnumerable<ValueChange> Single(string part, string name, object? before, object? after)
    {
        if (JsonText.Of(before) != JsonText.Of(after)) yield return new ValueChange(part, name, Changed, before, after);
    }

    /// <summary>Compares named values, nested ones by dotted name.</summary>
    public static IEnumerable<ValueChange> Between(
        string part, IReadOnlyDictionary<string, object?> before, IReadOnlyDictionary<string, object?> after) =>
        Named(part, Flat(before), Flat(after));

    /// <summary>Compares values by their names as they are, dots and all.</summary>
    public static IEnumerable<ValueChange> Named(
        string part, IReadOnlyDictionary<string, object?> old, IReadOnlyDictionary<string, object?> now)
    {
        foreach ((string name, object? value) in old)
        {
            if (!now.TryGetValue(name, out object? other)) yield return new ValueChange(part, name, Removed, value, null);
            else if (JsonText.Of(value) != JsonText.Of(other)) yield return new ValueChange(part, name, Changed, value, other);
        }

        foreach ((string name, object? value) in now.Where(n => !old.ContainsKey(n.Key)))
            yield return new ValueChange(part, name, Added, null, value);
    }

    private static Dictionary<string, object?> Flat(IReadOnlyDictionary<string, object?> values) =>
        JsonObjects.Flatten(values).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
}
