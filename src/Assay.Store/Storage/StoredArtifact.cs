using System.Diagnostics.CodeAnalysis;

namespace Assay.Storage;

/// <summary>The content of an artifact in a backend.</summary>
/// <param name="Sha256">Its address: the SHA-256 of the content, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last put, in UTC.</param>
public readonly record struct StoredArtifact(string Sha256, long Size, DateTimeOffset WrittenAt)
{
    /// <summary>
    /// Whether a text is an address: 64 lower-case hexadecimal digits. A backend asks before it makes a path, a key or a query of a text.
    /// </summary>
    public static bool IsAddress([NotNullWhen(true)] string? text) => ArtifactAddress.TryParse(text) is not null;
}
