namespace Assay.Questions;

internal sealed class BestRunsQuestion : Question<BestReport>
{
    private static readonly TextParameter Metric = new(
        "metric", "The metric, or any other value that is a number: accuracy, metrics.acc, params.lr")
    {
        ToolDescription = $"What decides: {RunParameters.Field}",
        IsPositional = true,
        IsRequired = true,
    };

    private static readonly FlagParameter Minimize = new("minimize", "Less is better. Default: more") { ShellName = "--min" };
    private static readonly FlagParameter Peak = new("peak", "Judge a run by the best value it ever had. Default: by its last");
    private static readonly FlagParameter AnyStatus = new("any_status", "Rank runs that did not succeed too")
    {
        ToolDescription = "Rank runs too that failed, were cancelled or interrupted, or are running",
    };

    private static readonly ListParameter By = RunParameters.Fields(
        "by", "Rank groups of runs with equal values by their mean, such as params for all replicates of a point",
        "Rank groups of runs with equal values by their mean, such as [\"params\"] for the replicates of each point. Excludes group");

    private static readonly ListParameter Group = RunParameters.Fields(
        "group", "The best run of each group of runs with equal values, such as experiment",
        "The best run of each group of runs with equal values, such as [\"experiment\"]. Excludes by");

    private static readonly NumberParameter Limit = RunParameters.Limit(10, 500, "runs or groups");

    public override CommandText Command { get; } = new("best", "Rank runs by a metric, the best first",
        "assay best accuracy",
        "assay best loss --min --since 2w",
        "assay best accuracy iris --by params",
        "assay best accuracy --group experiment,version",
        "assay best metrics.acc --peak --where \"params.lr < 0.1\" --json");

    public override ToolText Tool => new("best_runs", "Rank runs",
        "Ranks runs by a metric or any other number, the best first; or groups of runs by mean and standard deviation. Only successful "
            + "runs count unless any_status is set; the answer says how many were left out.");

    public override IReadOnlyList<Parameter> Parameters =>
        [Metric, .. RunParameters.FilterWithoutStatus, Minimize, Peak, AnyStatus, By, Group, Limit, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        RunFilter filter = RunParameters.Read(call);
        var field = RunField.Parse(Metric.Of(call)!);
        IReadOnlyList<RunField>? by = RunParameters.Read(By, call), group = RunParameters.Read(Group, call);
        if (by is not null && group is not null)
        {
            (string means, string bests) = (call.NameOf(By), call.NameOf(Group));
            throw new AssayException($"{means} and {bests} exclude each other; expected {means} for means over groups, "
                + $"or {bests} for the best run of each.");
        }

        int from = PageCursor.From(call), most = Limit.Count(call);
        var options = new RankingOptions { Minimize = Minimize.Of(call), Peak = Peak.Of(call), AnyStatus = AnyStatus.Of(call) };
        (Results all, Results chosen) = filter.Apply(call.Store);
        KnownNames.Require(all, [field, .. by ?? [], .. group ?? []]);
        var ranking = Ranking.Of(chosen, field, options, call.Cancellation);
        IReadOnlyList<RunGroupRank>? groups = by is not null ? RunGroupRank.ByMean(ranking, by) : group is not null ? RunGroupRank
            .Of(ranking, group) : null;
        var report = BestReport.Of(call.Store, ranking, groups, means: by is not null, most, from);
        if (groups is null) call.LastList?.Remember(report.Runs.Select(r => r.RunId));
        AssayException? nothing = ranking.Runs.Count == 0 && chosen.Count > 0 ? ranking.Nothing() : null;
        return new Answer(report)
        {
            Runs = all,
            IsNegative = ranking.Runs.Count == 0,
            List = groups is null ? new AnswerList("runs", ranking.Runs.Count, from) : new AnswerList("groups", groups.Count, from),
            Warnings = nothing is null ? [] : [ShellMessageOf(nothing)],
            Remarks = [.. nothing is null ? Array.Empty<string>() : [ToolMessageOf(nothing)], .. LeftOut(ranking)],
        };
    }

    protected override void Write(BestReport report, Page page) => BestText.Write(report, page);

    private static IEnumerable<string> LeftOut(Ranking ranking)
    {
        if (ranking.NotSuccessful > 0)
            yield return $"Not ranked: {Words.Count(ranking.NotSuccessful, "run")} without success; any_status ranks them.";
        if (ranking.WithoutValue > 0) yield return $"Not ranked: {Words.Count(ranking.WithoutValue, "run")} without a number there.";
    }
}
