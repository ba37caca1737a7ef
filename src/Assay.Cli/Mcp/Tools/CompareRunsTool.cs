namespace Assay.Cli.Mcp;

internal sealed class CompareRunsTool : StoreTool
{
    private const int MostRuns = 10;

    private static readonly TextListParameter Runs = new("runs", $"Two to {MostRuns} runs, each {ToolTexts.Addresses}", least: 2, most: MostRuns, required: true);
    private static readonly FlagParameter All = new("all", "Also what is the same in all of them");
    private static readonly NumberParameter Limit = ToolTexts.Limit(100, 1000, "rows");

    public override string Name => "compare_runs";

    public override string Title => "Compare runs";

    public override string Description =>
        "Sets runs side by side: params, metrics, last tracked values, status, metadata and code; by default only what differs, and of two runs by how much. (assay compare)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Runs, All, Limit, PageCursor.Parameter];

    public override Type Answer => typeof(CompareReport);

    public override ToolAnswer Call(ToolCall call)
    {
        string[] addresses = [.. Runs.Of(call)!];
        bool everything = All.Of(call);
        int from = PageCursor.Of(call)?.Offset ?? 0;
        Results all = call.Store.LoadAll();
        RunRecord[] runs = [.. addresses.Select(a => ToolCall.Find(all, a))];
        IReadOnlyList<ComparedRow> rows = SideBySide.Of([.. runs.DistinctBy(r => r.Id)]);
        var report = CompareReport.Of(call.Store, addresses, runs, rows, everything, Limit.Of(call), from);
        int count = everything ? rows.Count : report.Differing;
        return new ToolAnswer(report)
        {
            List = "rows",
            Next = kept => from + kept < count && kept > 0 ? new PageCursor(from + kept).Text(call) : null,
            Damaged = all.Damage.Count,
            Rest = "get_run gives a run's values.",
            Remarks = runs.DistinctBy(r => r.Id).Count() == 1 ? [$"All of them name the same run, {runs[0].Id}: there is nothing to compare."] : [],
        };
    }
}
