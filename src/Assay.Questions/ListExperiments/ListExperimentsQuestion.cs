namespace Assay.Questions;

internal sealed class ListExperimentsQuestion : Question<ExperimentList>
{
    private static readonly NumberParameter Limit = new("limit", "The largest number of experiments", 1, 1000, 100, on: Tools);

    public override CommandText Command { get; } = new(
        "experiments", "List the experiments of the store, the one that ran last first", "assay experiments", "assay experiments --json");

    public override ToolText Tool => new("list_experiments", "List experiments",
        "Lists the experiments of the store with their number of runs by status, the one that ran last first. The place to begin.");

    public override IReadOnlyList<Parameter> Parameters => [Limit, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        int from = PageCursor.From(call), most = call.IsTool ? Limit.Count(call) : int.MaxValue;
        Results all = call.Store.LoadAll(earlier: true);
        var list = ExperimentList.Of(call.Store, all);
        return new Answer(list with { Experiments = [.. list.Experiments.Skip(from).Take(most)] })
        { Runs = all, IsNegative = list.Experiments.Count == 0, List = new AnswerList("experiments", list.Experiments.Count, from) };
    }

    protected override void Write(ExperimentList report, Page page) => page.Grid(TextGrid.Of(
        report.Experiments, ("experiment", e => e.Name), ("version", e => e.Version), ("runs", e => Words.Number(e.Runs)),
        ("by status", e => string.Join(", ", e.ByStatus.Select(s => $"{Words.Number(s.Value)} {s.Key}"))),
        (page.TimeHeading("last started"), e => page.Time(e.LastStartedAt))), none: "no runs");
}

/// <summary>The experiments of a store, the one that ran last first.</summary>
internal sealed record ExperimentList(string Store, IReadOnlyList<ExperimentSummary> Experiments) : Report
{
    public static ExperimentList Of(Store store, Results all) =>
        new(store.Path, [.. ExperimentInfo.Summarise(all).Select(ExperimentSummary.Of)]);
}

/// <summary>An experiment in one version: how many runs it has, how they stand, and when the last of them started.</summary>
internal sealed record ExperimentSummary(
    string Name, string Version, int Runs, IReadOnlyDictionary<string, int> ByStatus, DateTimeOffset LastStartedAt)
{
    public static ExperimentSummary Of(ExperimentInfo info) => new(
        info.Name, info.Version, info.Runs, info.CountByStatus.ToDictionary(s => RunStatusText.Text(s.Key), s => s.Value),
        info.LastStartedAt);
}
