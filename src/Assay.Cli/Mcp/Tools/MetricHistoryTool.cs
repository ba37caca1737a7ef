namespace Assay.Cli.Mcp;

internal sealed class MetricHistoryTool : StoreTool
{
    // What JSON numbers hold exactly everywhere.
    private const long LargestStep = (1L << 53) - 1;

    private static readonly TextParameter Metric = new("metric", "A stepped metric, or a path in tracked values: loss, metrics.acc, layers[].size", required: true);
    private static readonly NumberParameter FromStep = new("from_step", "Only points of this step or later", -LargestStep, LargestStep);
    private static readonly NumberParameter ToStep = new("to_step", "Only points of this step or earlier", -LargestStep, LargestStep);
    private static readonly NumberParameter Points = new("max_points", "A longer history is thinned to about so many points: the first and the last, and of each stretch between the smallest, the largest and the first that is no number", 10, 1000, 100);
    private static readonly FlagParameter Every = new("every_point", "Give every point, in pages of max_points, instead of thinning");

    public override string Name => "get_metric_history";

    public override string Title => "History of a metric";

    public override string Description =>
        "Gives how a value changed in the course of a run: points with step, value, time, note and the journal's line, and the range of all of them. A long history is thinned, and the "
        + "answer says so. (assay history)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [ToolTexts.Run, Metric, FromStep, ToStep, Points, Every, PageCursor.Parameter];

    public override Type Answer => typeof(HistoryReport);

    public override ToolAnswer Call(ToolCall call)
    {
        var field = RunField.Parse(Metric.Required(call));
        bool every = Every.Of(call);
        int most = Points.Of(call), from = PageCursor.Of(call)?.Offset ?? 0;
        Results all = call.Store.LoadAll();
        RunRecord run = ToolCall.Find(all, ToolTexts.Run.Required(call));
        FieldPoint[] recorded = [.. field.Over(new RunValues(run))];
        if (recorded.Length == 0) throw KnownNames.UnknownIn(run, field.Name);
        FieldPoint[] points = InSteps(recorded, FromStep.Maybe(call), ToStep.Maybe(call));
        FieldPoint[] shown = every ? [.. points.Skip(from).Take(most)] : Thinning.To(points, most);
        return new ToolAnswer(HistoryReport.Of(call.Store, run, field.Name, points, shown))
        {
            List = "points",
            Next = kept => Continues(every, points, from, kept) ? new PageCursor(from + kept).Text(call) : null,
            Damaged = all.Damage.Count,
            Remarks = [.. Remarks(recorded, points, shown, every)],
        };
    }

    // A thinned history has no pages; only when it is too long even so.
    private static bool Continues(bool every, FieldPoint[] points, int from, int kept) => every && kept > 0 && from + kept < points.Length;

    private static FieldPoint[] InSteps(FieldPoint[] points, long? first, long? last)
    {
        if (first is null && last is null) return points;
        if (points.All(p => p.Step is null)) throw new AssayException("from_step and to_step are given, but the points have no steps; expected them only where there are steps. Leave them out, and take every_point for pages.");
        return [.. points.Where(p => p.Step is { } step && (first is null || step >= first) && (last is null || step <= last))];
    }

    private static IEnumerable<string> Remarks(FieldPoint[] recorded, FieldPoint[] points, FieldPoint[] shown, bool every)
    {
        if (points.Length == 0) yield return $"None of the {Words.Count(recorded.Length, "point")} is in these steps: they go from {recorded.Min(p => p.Step)} to {recorded.Max(p => p.Step)}.";
        if (!every && shown.Length < points.Length)
            yield return $"Thinned: {Words.Number(shown.Length)} of {Words.Number(points.Length)} points. range is of all of them; from_step and to_step look closer, every_point gives each, in pages.";
    }
}
