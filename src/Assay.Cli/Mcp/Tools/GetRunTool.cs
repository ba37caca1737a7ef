namespace Assay.Cli.Mcp;

internal sealed class GetRunTool : StoreTool
{
    private static readonly NumberParameter Log = new("log_lines", "How many of the last lines of the run's log to give", 0, 1000, 10);

    /// <summary>How to get what an answer about a run leaves out.</summary>
    public const string Rest =
        "list_paths with this run lists every path in pages, select_values the values at one; a long single value stands whole in the journal's line, and in 'assay show ID --json' at a shell.";

    public override string Name => "get_run";

    public override string Title => "Show a run";

    public override string Description =>
        "Gives everything the store holds of one run: params, metrics, series and tracked values in short, artifacts, log, error, exact code (git), host, and the journal's file and "
        + "lines to cite. (assay show)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [ToolTexts.Run, Log];

    public override Type Answer => typeof(RunDetails);

    public override ToolAnswer Call(ToolCall call)
    {
        Results all = call.Store.LoadAll();
        RunRecord run = ToolCall.Find(all, ToolTexts.Run.Required(call));
        return new ToolAnswer(RunDetails.Of(call.Store, run, Log.Of(call))) { Damaged = all.Damage.Count, Rest = Rest };
    }
}
