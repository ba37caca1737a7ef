namespace Assay.Cli.Mcp;

internal sealed class SelectValuesTool : StoreTool
{
    private static readonly TextParameter Path = new("path", $"The values: {ToolTexts.Field}; list_paths lists what there is", required: true);
    private static readonly TextParameter Run = new("run", $"Only of this run: {ToolTexts.Addresses}");
    private static readonly FlagParameter Distinct = new("distinct", "Every different value once, with the number of runs that have it");
    private static readonly FlagParameter Last = new("last", "Of each run only the last value");
    private static readonly NumberParameter Limit = ToolTexts.Limit(50, 1000, "values");

    public override string Name => "select_values";

    public override string Title => "Values at a path";

    public override string Description =>
        "Gives the values at one path, each with its run, step, note and the journal's line to cite; or every different value once with the number of its runs. (assay select)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Path, .. RunFilterParameters.All, Run, Distinct, Last, Limit, PageCursor.Parameter];

    public override Type Answer => typeof(SelectReport);

    public override ToolAnswer Call(ToolCall call)
    {
        var field = RunField.Parse(Path.Required(call));
        RunFilter filter = RunFilterParameters.Of(call);
        int from = PageCursor.Of(call)?.Offset ?? 0;
        (Results all, Results chosen) = filter.Apply(call.Store);
        KnownNames.Require(all, field);
        IReadOnlyList<RunRecord> runs = Run.Of(call) is { } address ? [ToolCall.Find(all, address)] : chosen;
        bool distinct = Distinct.Of(call);
        var selection = new Selection(field, runs, onlyLast: distinct || Last.Of(call), call.Cancellation);
        var report = SelectReport.Of(call.Store, field.Name, selection, distinct, Limit.Of(call), from);
        return new ToolAnswer(report)
        {
            List = distinct ? "distinct" : "values",
            Next = kept => from + kept < report.Total && kept > 0 ? new PageCursor(from + kept).Text(call) : null,
            Damaged = all.Damage.Count,
            Rest = "A long value stands whole in the journal's line, and in 'assay select PATH --run ID --json' at a shell.",
        };
    }
}
