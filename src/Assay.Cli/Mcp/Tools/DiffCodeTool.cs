namespace Assay.Cli.Mcp;

internal sealed class DiffCodeTool : StoreTool
{
    private const int MostPatch = 24_000;
    private const int MostFiles = 100;

    private static readonly TextParameter From = new("from", $"The first run: {ToolTexts.Addresses}", required: true);
    private static readonly TextParameter To = new("to", "The second run, named likewise. Default: the working tree around the server's folder, with everything uncommitted");
    private static readonly TextListParameter Paths = new("paths", "Only these files and folders, relative to the server's folder, or patterns as git takes them");
    private static readonly FlagParameter Files = new("only_files", "Only the files with their lines added and removed, without the patch");

    public override string Name => "diff_code";

    public override string Title => "Compare the code of runs";

    public override string Description =>
        "Compares the exact code of two runs, or of a run and the working tree, uncommitted changes included: the files that differ, and the patch as git writes it. Changes nothing. "
        + "(assay diff)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [From, To, Paths, Files];

    public override Type Answer => typeof(CodeDiffReport);

    public override ToolAnswer Call(ToolCall call)
    {
        var options = new CodeDiffOptions { Folder = call.Served.Folder, Paths = Paths.Of(call) ?? [], Patch = !Files.Of(call), MostPatch = MostPatch, MostFiles = MostFiles };
        string from = From.Required(call);
        string? to = To.Of(call);
        Results all = call.Store.LoadAll();
        CodeDiffReport diff = CodeDiff.Between(call.Store, ToolCall.Find(all, from), to is null ? null : ToolCall.Find(all, to), options);
        return new ToolAnswer(diff) { Damaged = all.Damage.Count, Remarks = [.. Left(diff)], Rest = "paths gives the difference of some files alone." };
    }

    private static IEnumerable<string> Left(CodeDiffReport diff)
    {
        if (diff.PatchTruncated) yield return $"The patch has {Words.Number(diff.PatchBytes!.Value)} bytes, and only its beginning is given; paths gives that of some files alone, 'assay diff' at a shell all of it.";
        if (diff.ShownFiles < diff.TotalFiles) yield return $"{Words.Number(diff.ShownFiles)} of {Words.Count(diff.TotalFiles, "file")} are listed; paths chooses others.";
    }
}
