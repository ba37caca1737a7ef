namespace Assay.Questions;

/// <summary>The differences between the code of two runs; the members are those of <see cref="CodeDiff"/>.</summary>
internal sealed record CodeDiffReport(
    string Store, string Repository, CodeSide From, CodeSide To, IReadOnlyList<string> Paths, int TotalFiles, int ShownFiles, long Added,
    long Removed, IReadOnlyList<ChangedFile> Files, string? Patch, long? PatchBytes, bool PatchTruncated) : Report
{
    /// <summary>Whether the text lists the files without the numbers of their lines.</summary>
    internal bool HasNamesAlone { get; init; }

    public static CodeDiffReport Of(Store store, CodeDiff diff, IReadOnlyList<string> paths) => new(
        store.Path, diff.Repository, diff.From, diff.To, paths, diff.TotalFiles, diff.Files.Count, diff.Added, diff.Removed, diff.Files,
        diff.Patch, diff.PatchBytes, diff.PatchTruncated);
}

/// <summary>The differences as text: the sides, then the patch as git writes it, or a list of files.</summary>
internal static class CodeDiffText
{
    public static void Write(CodeDiffReport diff, Page page)
    {
        page.Fact("from", Side(diff.From));
        page.Fact("to", Side(diff.To));
        page.Fact("only", string.Join(", ", diff.Paths));
        foreach (string remark in diff.From.Remarks.Union(diff.To.Remarks)) page.Fact("note", remark);
        page.Fact("differs", diff.TotalFiles == 0 ? "nothing" : $"{Words.Count(diff.TotalFiles, "file")}: "
            + $"{Words.Count(diff.Added, "line")} added, {Words.Number(diff.Removed)} removed");
        if (diff.TotalFiles == 0) return;
        page.Line();
        if (diff.Patch is { } patch) page.Patch(patch);
        else if (diff.HasNamesAlone) page.Grid(TextGrid.Of(diff.Files, ("status", f => f.Status), ("file", Name)));
        else page.Grid(TextGrid.Of(diff.Files, ("file", Name), ("added", f => Count(f.Added)), ("removed", f => Count(f.Removed))));
    }

    private static string Side(CodeSide side)
    {
        if (side.RunId is { } id) return $"run {id}, commit {side.Commit}";
        string commit = side.Commit.Length > 0 ? $", commit {side.Commit} and what is not committed" : "";
        return $"the working tree{(side.Branch.Length > 0 ? $" on {side.Branch}" : "")}{commit}";
    }

    private static string Name(ChangedFile file) => file.OldPath is { } old ? $"{old} -> {file.Path}" : file.Path;

    private static string Count(long? lines) => lines is { } count ? Words.Number(count) : "no text";
}
