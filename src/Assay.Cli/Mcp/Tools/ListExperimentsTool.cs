namespace Assay.Cli.Mcp;

internal sealed class ListExperimentsTool : StoreTool
{
    private static readonly NumberParameter Limit = ToolTexts.Limit(100, 1000, "experiments");

    public override string Name => "list_experiments";

    public override string Title => "List experiments";

    public override string Description => "Lists the experiments of the store with their number of runs by status, the one that ran last first. The place to begin. (assay experiments)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Limit, PageCursor.Parameter];

    public override Type Answer => typeof(ExperimentList);

    public override ToolAnswer Call(ToolCall call)
    {
        int from = PageCursor.Of(call)?.Offset ?? 0;
        Results all = call.Store.LoadAll();
        var list = ExperimentList.Of(call.Store, all);
        ExperimentSummary[] page = [.. list.Experiments.Skip(from).Take(Limit.Of(call))];
        return new ToolAnswer(list with { Experiments = page })
        {
            List = "experiments",
            Next = kept => from + kept < list.Experiments.Count && kept > 0 ? new PageCursor(from + kept).Text(call) : null,
            Damaged = all.Damage.Count,
        };
    }
}
