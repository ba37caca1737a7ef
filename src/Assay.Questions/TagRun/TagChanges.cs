namespace Assay.Questions;

/// <summary>Tags to add and to take away.</summary>
internal sealed record TagChanges(IReadOnlyList<string> Add, IReadOnlyList<string> Remove)
{
    /// <summary>Reads <c>+good</c> and <c>-bad</c>; a tag without a sign is added.</summary>
    /// <exception cref="AssayException">A change names no tag.</exception>
    public static TagChanges Parse(IReadOnlyList<string> changes)
    {
        if (changes.FirstOrDefault(c => string.IsNullOrWhiteSpace(Name(c))) is { } nameless)
            throw new AssayException($"'{nameless}' names no tag; expected +TAG to add one, or -TAG to take one away.");
        return new TagChanges([.. changes.Where(c => c[0] != '-').Select(Name)], [.. changes.Where(c => c[0] == '-').Select(Name)]);
    }

    private static string Name(string change) => change.StartsWith('+') || change.StartsWith('-') ? change[1..] : change;
}
