namespace Assay.Questions;

/// <summary>How the code of a run differs from that of another, or from the working tree.</summary>
/// <param name="Store">The store's folder.</param>
/// <param name="Repository">The root of the repository that holds both.</param>
/// <param name="From">The first run.</param>
/// <param name="To">The second run, or the working tree.</param>
/// <param name="Paths">What the difference was limited to; none for all.</param>
/// <param name="TotalFiles">How many files differ.</param>
/// <param name="ShownFiles">How many of them are listed.</param>
/// <param name="Added">Lines added in all of them; files that are not text have no lines.</param>
/// <param name="Removed">Lines removed in all of them.</param>
/// <param name="Files">The files, in the order of their paths.</param>
/// <param name="Patch">The difference as git writes it; null when it was not asked for.</param>
/// <param name="PatchBytes">Its whole length; null when it was not asked for.</param>
/// <param name="PatchTruncated">Whether <paramref name="Patch"/> is only its beginning, up to a whole line.</param>
internal sealed record CodeDiffReport(
    string Store, string Repository, CodeSide From, CodeSide To, IReadOnlyList<string> Paths, int TotalFiles, int ShownFiles, long Added,
    long Removed,
    IReadOnlyList<ChangedFile> Files, string? Patch, long? PatchBytes, bool PatchTruncated) : Report
{
    /// <summary>Whether the text lists the files without the number of their lines.</summary>
    internal bool HasNamesAlone { get; init; }
}

/// <summary>One of the two sides.</summary>
/// <param name="RunId">The run; null for the working tree.</param>
/// <param name="Commit">The commit; for the working tree the one it is based on.</param>
/// <param name="Branch">What <c>git checkout</c> takes, or the branch of the working tree.</param>
/// <param name="Exact">Whether it is all the code there was: nothing is left out, nothing was lost.</param>
/// <param name="LeftOut">Uncommitted files that were left out.</param>
/// <param name="Remarks">What is not as it was, in sentences.</param>
internal sealed record CodeSide(
    string? RunId, string Commit, string Branch, bool Exact, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<string> Remarks)
{
    public static CodeSide Of(RecordedCode code) => new(code.RunId, code.Commit, code.Branch, code.Exact, code.LeftOut, code.Remarks);

    public static CodeSide Of(TemporaryTree tree) => new(null, tree.Head, tree.Branch, tree.LeftOut.Count == 0, tree.LeftOut,
        tree.LeftOut.Count == 0 ? [] : ["left out of the working tree, as of any snapshot: "
            + $"{LeftOutText.Of(tree.LeftOut, tree.LeftOut.Count)}"]);
}

/// <summary>A file that is not the same on both sides.</summary>
/// <param name="Path">Relative to the repository's root, with slashes; on the second side, unless it is gone there.</param>
/// <param name="OldPath">On the first side, where it was called otherwise; else null.</param>
/// <param name="Status">
/// <c>added</c>, <c>removed</c>, <c>modified</c>, <c>renamed</c> or <c>type</c> (a file, a link or a submodule became another of these).
/// </param>
/// <param name="Added">Lines added; null when it is no text.</param>
/// <param name="Removed">Lines removed; null when it is no text.</param>
internal sealed record ChangedFile(string Path, string? OldPath, string Status, long? Added, long? Removed);

/// <summary>What of a difference is wanted.</summary>
internal sealed record CodeDiffOptions
{
    /// <summary>The folder the user stands in: its repository is looked at first, and paths are relative to it.</summary>
    public required string Folder { get; init; }

    /// <summary>Files and folders to look at, as git takes them. Default: all.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether the patch is wanted. Default: yes.</summary>
    public bool Patch { get; init; } = true;

    /// <summary>At most so many bytes of it. Default: all.</summary>
    public long MostPatch { get; init; } = long.MaxValue;

    /// <summary>At most so many files are listed; all are counted. Default: all.</summary>
    public int MostFiles { get; init; } = int.MaxValue;
}
