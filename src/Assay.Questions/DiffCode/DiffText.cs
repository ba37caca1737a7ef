namespace Assay.Questions;

/// <summary>The report of <c>diff</c> as text: what is compared, then the patch as git writes it, or a list of files.</summary>
internal static class DiffText
{
    public static void Write(CodeDiffReport diff, Page page)
    {
        page.Fact("from", Side(diff.From));
        page.Fact("to", Side(diff.To));
        if (diff.Paths.Count > 0) page.Fact("only", string.Join(", ", diff.Paths));
        foreach (string remark in diff.From.Remarks.Concat(diff.To.Remarks).Distinct(StringComparer.Ordinal)) page.Fact("note", remark);
        page.Fact("differs", diff.TotalFiles == 0 ? "nothing" : $"{Words.Count(diff.TotalFiles, "file")}: "
            + $"{Words.Count(diff.Added, "line")} added, {Words.Number(diff.Removed)} removed");
        if (diff.TotalFiles == 0) return;
        page.Line();
        if (diff.Patch is { } patch) page.Patch(patch);
        else if (diff.HasNamesAlone) Names(diff, page);
        else Stat(diff, page);
    }

    private static string Side(CodeSide side)
    {
        if (side.RunId is { } id) return $"run {id}, commit {side.Commit}";
        string commit = side.Commit.Length > 0 ? $", commit {side.Commit} and what is not committed" : "";
        return $"the working tree{(side.Branch.Length > 0 ? $" on {side.Branch}" : "")}{commit}";
    }

    private static void Names(CodeDiffReport diff, Page page)
    {
        var grid = new TextGrid("status", "file");
        foreach (ChangedFile file in diff.Files) grid.Add(file.Status, Name(file));
        page.Grid(grid);
    }

    private static void Stat(CodeDiffReport diff, Page page)
    {
        var grid = new TextGrid("file", "added", "removed");
        foreach (ChangedFile file in diff.Files) grid.Add(Name(file), Lines(file.Added), Lines(file.Removed));
        page.Grid(grid);
    }

    private static string Name(ChangedFile file) => Printable.Line(file.OldPath is { } old ? $"{old} -> {file.Path}" : file.Path);

    private static string Lines(long? count) => count is { } lines ? Words.Number(lines) : "no text";
}
