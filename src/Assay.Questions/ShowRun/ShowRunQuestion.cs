namespace Assay.Questions;

internal sealed class ShowRunQuestion : Question<RunDetails>
{
    private const string Rest = "list_paths with this run lists every path in pages, select_values the values at one; a long single "
        + "value stands whole in the journal's line, and in 'assay show ID --json' at a shell.";

    private static readonly NumberParameter Log = new("log_lines", "How many of the last lines of the run's log to show", 0, 1000, 10)
    {
        ShellName = "--log",
        Placeholder = "N",
    };

    public override CommandText Command { get; } = new(
        "show", "Show everything the store holds of a run", "assay show latest", "assay show 373b0836 --log 100",
        "assay show latest~2 --json");

    public override ToolText Tool => new("get_run", "Show a run",
        "Gives everything the store holds of one run: params, metrics, series and tracked values in short, artifacts, log, error, "
            + "exact code (git), host, and the journal's file and lines to cite.");

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Log];

    public override Answer Ask(QuestionCall call)
    {
        int log = Log.Count(call);
        (Results all, RunRecord run) = call.FindRun();
        return new Answer(RunDetails.Of(call.Store, run, log)) { Runs = all, Rest = Rest };
    }

    protected override void Write(RunDetails report, Page page) => RunDetailsText.Write(report, page);
}
