namespace Assay.Storage;

/// <summary>The content of an artifact in a backend.</summary>
/// <param name="Sha256">Its address: the SHA-256 of the content, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last put, in UTC.</param>
public readonly record struct StoredArtifact(string Sha256, long Size, DateTimeOffset WrittenAt);
