namespace Assay.Names;

/// <summary>One step into a nested value: a key of an object, a place in a list, or every element of a list.</summary>
/// <param name="Key">The key; null for a step into a list.</param>
/// <param name="Index">The place in a list; null for every element.</param>
internal readonly record struct PathStep(string? Key, int? Index = null)
{
    public static PathStep Each { get; } = new(null);

    public bool IsEach => Key is null && Index is null;

    /// <summary>Whether a key can stand in a path, and in a condition, without quotes.</summary>
    public static bool IsPlain(string key) => key.Length > 0 && key.All(IsPlain);

    public static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '/' or '@' or ':' or '$' or '#';

    /// <summary>A key without casing and underscores, which do not matter unless two keys differ in nothing else.</summary>
    public static string Normalise(string key) => key.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Whether two keys are equal but for casing and underscores.</summary>
    public static bool AreAlike(string one, string other) => Normalise(one) == Normalise(other);

    /// <summary>As it stands in a path, without the dot before a key.</summary>
    public override string ToString() => this switch
    {
        { Key: { } key } when IsPlain(key) => key,
        { Key: { } key } => $"[\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]",
        { Index: { } index } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{index}]"),
        _ => "[]",
    };
}
