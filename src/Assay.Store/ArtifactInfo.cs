namespace Assay;

/// <summary>What is known of an artifact without opening it.</summary>
/// <param name="Name">The name it was recorded under; unique within a run, the last one wins.</param>
/// <param name="Kind"><c>text</c>, <c>bytes</c>, <c>json</c>, <c>file</c> or <c>directory</c>.</param>
/// <param name="Format">The usual file ending of its content without the dot, for example <c>txt</c>, <c>png</c> or <c>json</c>.</param>
/// <param name="Size">Length of the content in bytes; for a directory the sum over its files.</param>
/// <param name="Sha256">
/// SHA-256 of the content in lower-case hex; for a directory of its manifest. It is the artifact's address in the store.
/// </param>
public sealed record ArtifactInfo(string Name, string Kind, string Format, long Size, string Sha256)
{
    /// <summary>Facts the operation gave with it; empty by default.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>();
}
