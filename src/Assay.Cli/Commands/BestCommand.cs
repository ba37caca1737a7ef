using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay best</c></summary>
internal sealed class BestCommand : ToolCommand
{
    private const int DefaultLimit = 10;

    private readonly Argument<string> _metric = new("METRIC") { Description = "The metric, or any other value that is a number: accuracy, metrics.acc, params.lr" };
    private readonly RunFilterOptions _filter = new();
    private readonly Option<bool> _min = new("--min") { Description = "Less is better. Default: more" };
    private readonly Option<bool> _peak = new("--peak") { Description = "Judge a run by the best value it ever had. Default: by its last" };
    private readonly Option<bool> _any = new("--any-status") { Description = "Rank runs that did not succeed too" };
    private readonly Option<string?> _by = FieldListOption.Of("--by", "Rank groups of runs with equal values by their mean, such as params for all replicates of a point");
    private readonly Option<string?> _group = FieldListOption.Of("--group", "The best run of each group of runs with equal values, such as experiment");
    private readonly Option<int> _limit = NumberOption.Of("--limit", "At most so many runs or groups", 1, DefaultLimit);

    public BestCommand() : base("best", "Rank runs by a metric, the best first")
    {
        Definition.Add(_metric);
        _filter.AddTo(Definition, status: false);
        foreach (Option option in (Option[])[_min, _peak, _any, _by, _group, _limit]) Definition.Add(option);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples =>
    [
        "assay best accuracy",
        "assay best loss --min --since 2w",
        "assay best accuracy iris --by params",
        "assay best accuracy --group experiment,version",
        "assay best metrics.acc --peak --where \"params.lr < 0.1\" --json",
    ];

    protected override int Run(Invocation call)
    {
        RunFilter filter = _filter.Read(call);
        RunField field = RunField.Parse(call.Arguments.GetRequiredValue(_metric));
        IReadOnlyList<RunField>? by = FieldListOption.Read(call.Arguments, _by), group = FieldListOption.Read(call.Arguments, _group);
        if (by is not null && group is not null) throw new AssayException("--by and --group exclude each other; expected --by for means over groups, or --group for the best run of each.");
        Store store = call.OpenStore();
        (Results all, Results chosen) = filter.Apply(store);
        KnownNames.Require(all, [field, .. by ?? [], .. group ?? []]);
        var ranking = Ranking.Of(chosen, field, new RankingOptions { Minimize = call.Arguments.GetValue(_min), Peak = call.Arguments.GetValue(_peak), AnyStatus = call.Arguments.GetValue(_any) });
        IReadOnlyList<RunGroupRank>? groups = by is not null ? RunGroupRank.ByMean(ranking, by) : group is not null ? RunGroupRank.Of(ranking, group) : null;
        var report = BestReport.Of(store, ranking, groups, means: by is not null, call.Arguments.GetValue(_limit));
        if (groups is null) call.LastListOf(store).Remember(report.Runs.Select(r => r.RunId));
        var ids = new ShortIds(all.Ids);
        call.Answer(report, (best, page) => BestText.Write(best, ids, page));
        call.WarnOfDamage(all);
        if (ranking.Runs.Count == 0 && chosen.Count > 0) call.Console.Complain(ranking.Nothing().Message);
        return ranking.Runs.Count > 0 ? ExitCodes.Success : ExitCodes.Negative;
    }
}
