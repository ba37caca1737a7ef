namespace Assay;

/// <summary>A changed or untracked file that a snapshot does not hold.</summary>
/// <param name="Path">Relative to the working tree's root, with slashes.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Size">Its length in bytes; null for folders and what is gone.</param>
public sealed record LeftOut(string Path, string Reason, long? Size);
