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
        Results all = call.Store.LoadAll();
        var list = ExperimentList.Of(call.Store, all);
        return new Answer(list with { Experiments = [.. list.Experiments.Skip(from).Take(most)] })
        {
            Runs = all,
            IsNegative = list.Experiments.Count == 0,
            List = new AnswerList("experiments", list.Experiments.Count, from),
        };
    }

    protected override void Write(ExperimentList report, Page page)
    {
        if (report.Experiments.Count == 0)
        {
            page.Line("no runs");
            return;
        }

        page.Grid(TextGrid.Of(
            report.Experiments, ("experiment", e => e.Name), ("version", e => e.Version), ("runs", e => Words.Number(e.Runs)),
            ("by status", e => string.Join(", ", e.ByStatus.Select(s => $"{Words.Number(s.Value)} {s.Key}"))),
            ("last started (UTC)", e => Words.Time(e.LastStartedAt))));
    }
}
