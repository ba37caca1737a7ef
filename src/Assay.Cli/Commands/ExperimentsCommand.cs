namespace Assay.Cli;

/// <summary><c>assay experiments</c></summary>
internal sealed class ExperimentsCommand : ToolCommand
{
    public ExperimentsCommand() : base("experiments", "List the experiments of the store, the one that ran last first")
    {
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay experiments", "assay experiments --json"];

    protected override int Run(Invocation call)
    {
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        var report = ExperimentList.Of(store, all);
        call.Answer(report, WriteText);
        call.WarnOfDamage(all);
        return report.Experiments.Count > 0 ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static void WriteText(ExperimentList report, Page page)
    {
        if (report.Experiments.Count == 0)
        {
            page.Line("no runs");
            return;
        }

        var grid = new TextGrid("experiment", "version", "runs", "by status", "last started (UTC)");
        foreach (ExperimentSummary experiment in report.Experiments)
        {
            string statuses = string.Join(", ", experiment.ByStatus.Select(s => $"{Words.Number(s.Value)} {s.Key}"));
            grid.Add(Printable.Line(experiment.Name), Printable.Line(experiment.Version), Words.Number(experiment.Runs), statuses, Words.Time(experiment.LastStartedAt));
        }

        page.Grid(grid);
    }
}
