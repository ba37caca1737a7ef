namespace Assay.Cli.Mcp;

internal sealed class ListPathsTool : StoreTool
{
    private static readonly TextParameter Run = new("run", $"Only of this run: {ToolTexts.Addresses}");
    private static readonly TextParameter Contains = new("contains", "Only paths with this text in them, in any casing");
    private static readonly FlagParameter Numeric = new("numeric", "Only paths whose values are all numbers");
    private static readonly NumberParameter Examples = new("examples", "So many different values of each", 0, 10, 3);
    private static readonly NumberParameter Limit = ToolTexts.Limit(100, 1000, "paths");

    public override string Name => "list_paths";

    public override string Title => "List recorded values";

    public override string Description =>
        "Lists what runs recorded: every path of params, metrics, series, tracked values and metadata, with count, types and examples. Look here before guessing a name for where, "
        + "columns, metric or path. (assay paths)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [.. RunFilterParameters.All, Run, Contains, Numeric, Examples, Limit, PageCursor.Parameter];

    public override Type Answer => typeof(PathsReport);

    public override ToolAnswer Call(ToolCall call)
    {
        RunFilter filter = RunFilterParameters.Of(call);
        int from = PageCursor.Of(call)?.Offset ?? 0;
        (Results all, Results chosen) = filter.Apply(call.Store);
        var survey = new PathSurvey(Examples.Of(call));
        IEnumerable<RunRecord> runs = Run.Of(call) is { } address ? [ToolCall.Find(all, address)] : chosen;
        foreach (RunRecord run in runs)
        {
            call.Cancellation.ThrowIfCancellationRequested();
            survey.Add(new RunValues(run));
        }

        string? part = Contains.Of(call);
        bool numeric = Numeric.Of(call);
        PathSummary[] paths = [.. survey.Paths.Where(p => (part is null || p.Path.Contains(part, StringComparison.OrdinalIgnoreCase)) && (!numeric || p.IsNumeric))];
        PathLine[] page = [.. paths.Skip(from).Take(Limit.Of(call)).Select(PathLine.Of)];
        return new ToolAnswer(new PathsReport(call.Store.Path, survey.Runs, paths.Length, page.Length, page))
        {
            List = "paths",
            Next = kept => from + kept < paths.Length && kept > 0 ? new PageCursor(from + kept).Text(call) : null,
            Damaged = all.Damage.Count,
            Rest = "select_values gives the values at a path.",
        };
    }
}
