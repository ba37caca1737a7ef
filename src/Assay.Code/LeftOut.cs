namespace Assay;

/// <summary>A changed or untracked file that a snapshot does not hold.</summary>
/// <param name="Path">The path relative to the working tree's root, with slashes.</param>
/// <param name="Reason">The reason, as a clause.</param>
/// <param name="Size">The length in bytes; null for folders and deleted files.</param>
public sealed record LeftOut(string Path, string Reason, long? Size);
