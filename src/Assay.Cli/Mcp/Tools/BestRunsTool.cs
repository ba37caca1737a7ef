namespace Assay.Cli.Mcp;

internal sealed class BestRunsTool : StoreTool
{
    private static readonly TextParameter Metric = new("metric", $"What decides: {ToolTexts.Field}", required: true);
    private static readonly FlagParameter Minimize = new("minimize", "Less is better, as for a loss");
    private static readonly FlagParameter Peak = new("peak", "Judge a run by the best value it ever had instead of its last");
    private static readonly FlagParameter AnyStatus = new("any_status", "Rank runs too that failed, were cancelled or interrupted, or are running");
    private static readonly TextListParameter By = new("by", "Rank groups of runs that agree in these values by their mean, such as [\"params\"] for the replicates of each point. Excludes group");
    private static readonly TextListParameter Group = new("group", "The best run of each group of runs that agree in these values, such as [\"experiment\"]. Excludes by");
    private static readonly NumberParameter Limit = ToolTexts.Limit(10, 500, "runs or groups");

    public override string Name => "best_runs";

    public override string Title => "Rank runs";

    public override string Description =>
        "Ranks runs by a metric or any other number, the best first; or groups of runs by mean and standard deviation. Only successful runs count unless any_status is set; how many "
        + "were left out is told. (assay best)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Metric, .. RunFilterParameters.WithoutStatus, Minimize, Peak, AnyStatus, By, Group, Limit, PageCursor.Parameter];

    public override Type Answer => typeof(BestReport);

    public override ToolAnswer Call(ToolCall call)
    {
        var field = RunField.Parse(Metric.Required(call));
        RunField[]? by = Fields(By.Of(call)), group = Fields(Group.Of(call));
        if (by is not null && group is not null) throw new AssayException("by and group exclude each other; expected by for means over groups, or group for the best run of each. Leave one out.");
        RunFilter filter = RunFilterParameters.Of(call);
        int from = PageCursor.Of(call)?.Offset ?? 0;
        (Results all, Results chosen) = filter.Apply(call.Store);
        KnownNames.Require(all, [field, .. by ?? [], .. group ?? []]);
        var options = new RankingOptions { Minimize = Minimize.Of(call), Peak = Peak.Of(call), AnyStatus = AnyStatus.Of(call) };
        var ranking = Ranking.Of(chosen, field, options, call.Cancellation);
        IReadOnlyList<RunGroupRank>? groups = by is not null ? RunGroupRank.ByMean(ranking, by) : group is not null ? RunGroupRank.Of(ranking, group) : null;
        int count = groups?.Count ?? ranking.Runs.Count;
        return new ToolAnswer(BestReport.Of(call.Store, ranking, groups, means: by is not null, Limit.Of(call), from))
        {
            List = groups is null ? "runs" : "groups",
            Next = kept => from + kept < count && kept > 0 ? new PageCursor(from + kept).Text(call) : null,
            Damaged = all.Damage.Count,
            Remarks = [.. Left(ranking, chosen)],
        };
    }

    private static RunField[]? Fields(IReadOnlyList<string>? names) => names is null ? null : [.. names.Select(RunField.Parse)];

    private static IEnumerable<string> Left(Ranking ranking, Results chosen)
    {
        if (ranking.Runs.Count == 0 && chosen.Count > 0) yield return QuestionException.ForTools(ranking.Nothing());
        if (ranking.NotSuccessful > 0) yield return $"Not ranked: {Words.Count(ranking.NotSuccessful, "run")} without success; any_status ranks them.";
        if (ranking.WithoutValue > 0) yield return $"Not ranked: {Words.Count(ranking.WithoutValue, "run")} without a number there.";
    }
}
