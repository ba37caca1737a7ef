namespace Assay.Questions;

internal sealed class DiffCodeQuestion : Question<CodeDiffReport>
{
    private const int MostPatch = 24_000, MostFiles = 100;

    private static readonly ListParameter Runs = new(
        "runs", $"One run, to compare with the working tree, or two. {RunAddress.Description}", on: Shell)
    { ShellName = "RUN", IsPositional = true, IsRequired = true, MostWords = 2 };

    private static readonly TextParameter From = new("from", $"The first run: {RunAddress.ToolForms}", on: Tools) { IsRequired = true };

    private static readonly TextParameter To = new(
        "to", "The second run, named likewise. Default: the working tree around the server's folder, "
            + "with everything uncommitted", on: Tools);

    private static readonly ListParameter Paths = new("paths", "After --: only these files and folders, as git takes them")
    {
        ToolDescription = "Only these files and folders, relative to the server's folder, or patterns as git takes them",
        ShellName = "PATH",
        IsPositional = true,
        IsBehindDashes = true,
    };

    private static readonly FlagParameter Stat = new("stat", "Only the files, with the number of lines added and removed", on: Shell);
    private static readonly FlagParameter Names = new("names", "Only the files, and what became of them", on: Shell);

    private static readonly FlagParameter OnlyFiles = new(
        "only_files", "Only the files with their lines added and removed, without the patch", on: Tools);

    private static readonly FlagParameter Full = new(
        "full", "Also the contents of files over 10 kB that no commit has. Default: their names and sizes");

    private static readonly NumberParameter Limit = new(
        "limit", "The largest number of bytes of the patch in JSON", 0, int.MaxValue, 200_000, on: Shell)
    { Placeholder = "N" };

    public override CommandText Command { get; } = new(
        "diff", "Show how the code of two runs differs, or that of a run and the working tree",
        "assay diff latest~1 latest", "assay diff best:accuracy latest --stat", "assay diff latest -- src", "assay diff @1 @2 --json");

    public override ToolText Tool => new("diff_code", "Compare the code of runs",
        "Compares the exact code of two runs, or of a run and the working tree, uncommitted changes included: the files that differ, "
            + "and the patch as git writes it. Changes nothing.");

    public override IReadOnlyList<Parameter> Parameters => [Runs, From, To, Paths, Stat, Names, OnlyFiles, Full, Limit];

    public override Answer Ask(QuestionCall call)
    {
        string[] addresses = !call.IsTool ? [.. Runs.Of(call)] : To.Of(call) is { } to ? [From.Of(call)!, to] : [From.Of(call)!];
        if (addresses.Length is < 1 or > 2)
            throw new AssayException($"{Words.Count(addresses.Length, "run is", "runs are")} named; expected one or two. "
                + "Put paths behind --, as in 'assay diff latest~1 latest -- src'.");
        bool names = Names.Of(call);
        var options = new CodeDiffOptions
        {
            Folder = call.Folder,
            Paths = Paths.Of(call),
            Patch = !names && !Stat.Of(call) && !OnlyFiles.Of(call),
            Full = Full.Of(call),
            MostPatch = call.IsTool ? MostPatch : call.IsJson ? Limit.Count(call) : long.MaxValue,
            MostFiles = call.IsTool ? MostFiles : int.MaxValue,
        };
        Results all = call.Store.LoadAll(earlier: true);
        RunRecord[] runs = [.. addresses.Select(a => call.Find(all, a))];
        var diff = CodeDiff.Between(call.Store, runs[0], runs.ElementAtOrDefault(1), options);
        return new Answer(CodeDiffReport.Of(call.Store, diff, options.Paths) with { HasNamesAlone = names })
        { Runs = all, Remarks = [.. LeftOut(diff)], Rest = "paths gives the difference of some files alone." };
    }

    protected override void Write(CodeDiffReport diff, Page page)
    {
        page.Fact("from", Side(diff.From));
        page.Fact("to", Side(diff.To));
        page.Fact("only", string.Join(", ", diff.Paths));
        foreach (string remark in diff.From.Remarks.Union(diff.To.Remarks)) page.Fact("note", remark);
        page.Fact("differs", diff.TotalFiles == 0 ? "nothing" : $"{Words.Count(diff.TotalFiles, "file")}: "
            + $"{Words.Count(diff.Added, "line")} added, {Words.Number(diff.Removed)} removed");
        if (diff.TotalFiles == 0) return;
        IEnumerable<ChangedFile> omitted = diff.Files.Where(file => file.OmittedBytes is not null);
        page.Section(
            "large files that no commit has; --full shows their contents",
            TextGrid.Of(omitted, ("file", Name), ("size", file => Words.Bytes(file.OmittedBytes!.Value))));
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

    private static IEnumerable<string> LeftOut(CodeDiff diff)
    {
        if (diff.PatchTruncated)
            yield return $"The patch has {Words.Number(diff.PatchBytes!.Value)} bytes, and only its beginning is given; "
                + "paths gives that of some files alone, 'assay diff' at a shell all of it.";
        if (diff.Files.Any(file => file.OmittedBytes is not null))
            yield return "The patch has no contents of files over 10 kB that no commit has (omitted_bytes); full gives them.";
        if (diff.Files.Count < diff.TotalFiles)
            yield return $"{Words.Number(diff.Files.Count)} of {Words.Count(diff.TotalFiles, "file")} are listed; paths chooses others.";
    }
}

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
