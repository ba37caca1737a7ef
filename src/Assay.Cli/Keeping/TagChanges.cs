namespace Assay.Cli;

/// <summary>Tags to add and to take away.</summary>
internal sealed record TagChanges(IReadOnlyList<string> Add, IReadOnlyList<string> Remove)
{
    /// <summary>Reads <c>+good</c> and <c>-bad</c>; a tag without a sign is added.</summary>
    /// <exception cref="AssayException">A change names no tag.</exception>
    public static TagChanges Parse(IReadOnlyList<string> changes)
    {
        string[] nameless = [.. changes.Where(c => c.TrimStart('+', '-').Length == 0 || string.IsNullOrWhiteSpace(c[1..]))];
        if (nameless.Length > 0) throw new AssayException($"'{nameless[0]}' names no tag; expected +TAG to add one, or -TAG to take one away.");
        return new TagChanges([.. changes.Where(c => c[0] != '-').Select(c => c[0] == '+' ? c[1..] : c)], [.. changes.Where(c => c[0] == '-').Select(c => c[1..])]);
    }
}
