namespace Assay.Questions;

internal sealed class StatsQuestion : Question<StatsReport>
{
    private static readonly ListParameter Metrics = new(
        "metrics", "These metrics or other numbers, several with commas. Default: all metrics")
    {
        ToolDescription = $"The metrics or other numbers, each {RunParameters.Field}. Default: all metrics",
        ShellName = "--metric",
        Placeholder = "NAMES",
        HasCommas = true,
    };

    private static readonly ListParameter By = RunParameters.Fields(
        "by", "Groups of runs with equal values of these names, several with commas. Default: the parameters that were varied",
        $"Groups of runs with equal values of these names, each {RunParameters.Field}. Default: the parameters that were varied");

    private static readonly NumberParameter Limit = RunParameters.Limit(100, 1000, "groups");
    private static readonly FlagParameter All = RunParameters.All("groups");

    public override CommandText Command { get; } = new("stats", "Show mean and standard deviation of metrics over groups of runs",
        "assay stats iris", "assay stats iris --metric accuracy --by LearningRate,Hidden",
        "assay stats iris --by fingerprints.code --earlier", "assay stats iris --where \"LearningRate < 0.1\" --json");

    public override ToolText Tool => new("run_stats", "Statistics of groups",
        "Gives the number of runs, mean and standard deviation of metrics over the successful runs in groups with equal values, such as "
            + "the replicates of each point. best_runs ranks such groups by one metric.");

    public override IReadOnlyList<Parameter> Parameters =>
        [.. RunParameters.FilterWithoutStatus, Metrics, By, Limit, All, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        IReadOnlyList<RunField>? metrics = RunParameters.Read(Metrics, call), by = RunParameters.Read(By, call);
        int from = PageCursor.From(call), most = All.Of(call) ? int.MaxValue : Limit.Count(call);
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, [.. metrics ?? [], .. by ?? []]);
        IReadOnlyList<RunGroup> groups = chosen.Count == 0 ? [] : chosen.Stats(by, metrics);
        RunGroup[] shown = [.. groups.Skip(from).Take(most)];
        var report = new StatsReport(
            call.Store.Path, filter.Experiment, [.. groups.SelectMany(g => g.Metrics.Keys).Distinct(StringComparer.Ordinal)],
            groups.Count, shown.Length, [.. shown.Select(StatsGroup.Of)])
        { EarlierLeftOut = filter.EarlierLeftOut };
        return new Answer(report) { Runs = all, IsNegative = groups.Count == 0, List = new AnswerList("groups", groups.Count, from) };
    }

    protected override void Write(StatsReport report, Page page)
    {
        IEnumerable<string> names = report.Groups.SelectMany(g => g.Group.Keys).Distinct(StringComparer.Ordinal);
        bool failures = report.Groups.Any(g => g.NotSuccessful > 0);
        page.Grid(TextGrid.Of(
            report.Groups,
            [
                .. names.Select(name => Column(name, g => Words.Value(g.Group.GetValueOrDefault(name)))),
                Column("n", g => Words.Number(g.Runs)), Column("not successful", g => failures ? Words.Number(g.NotSuccessful) : ""),
                .. report.Metrics.Select(name => Column(name, g => g.Statistics.GetValueOrDefault(name)?.ToString(g.Runs))),
            ]).WithoutEmpty("not successful"), none: "no runs");
        page.Rest(report.Shown, report.Total, "group");
    }

    private static (string, Func<StatsGroup, string?>) Column(string heading, Func<StatsGroup, string?> cell) => (heading, cell);
}

/// <summary>Statistics over groups of runs: the metrics that any group has, how many groups there are, and some of them.</summary>
internal sealed record StatsReport(
    string Store, string? Experiment, IReadOnlyList<string> Metrics, int Total, int Shown, IReadOnlyList<StatsGroup> Groups) : RunsReport;

/// <summary>A group: the values its runs share, how many of them succeeded and how many did not, and numbers of the first.</summary>
internal sealed record StatsGroup(
    IReadOnlyDictionary<string, object?> Group, int Runs, int NotSuccessful, IReadOnlyDictionary<string, StatsLine> Metrics)
{
    /// <summary>The statistics, for the text.</summary>
    internal IReadOnlyDictionary<string, MetricStatistics> Statistics { get; private init; } = null!;

    public static StatsGroup Of(RunGroup group) => new(
        group.Key, group.Successful, group.NotSuccessful,
        group.Metrics.ToDictionary(m => m.Key, m => new StatsLine(m.Value.Count, m.Value.Mean, m.Value.StandardDeviation)))
    { Statistics = group.Metrics };
}

/// <summary>Numbers in short: how many, their mean, and the deviation of the sample, null for a single one.</summary>
internal sealed record StatsLine(int Count, double Mean, double? StandardDeviation);
