namespace Assay;

/// <summary>A changed or untracked file that a snapshot does not hold.</summary>
/// <param name="Path">The path relative to the working tree's root, with slashes.</param>
/// <param name="Reason">The reason, as a clause.</param>
/// <param name="Size">The length in bytes; null for folders and deleted files.</param>
public sealed record LeftOut(string Path, string Reason, long? Size)
{
    /// <summary>The number of files and the first of them, as part of a sentence.</summary>
    /// <param name="files">The files, or the first of them.</param>
    /// <param name="count">The number of files.</param>
    /// <param name="most">The number of files to name. Default: 10.</param>
    public static string Describe(IReadOnlyList<LeftOut> files, long count, int most = 10) =>
        $"{Plural.Of(count, "uncommitted file")}: {string.Join(", ", files.Take(most).Select(file => $"{file.Path} ({file.Reason})"))}"
            + (count > Math.Min(files.Count, most) ? ", …" : "");
}
