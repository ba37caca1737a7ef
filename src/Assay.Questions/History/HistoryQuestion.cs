namespace Assay.Questions;

internal sealed class HistoryQuestion : Question<HistoryReport>
{
    // What JSON numbers hold exactly everywhere.
    private const long LargestStep = (1L << 53) - 1;

    private static readonly TextParameter Metric = new(
        "metric", "A stepped metric, or a path in tracked values: loss, metrics.acc, layers[].size")
    { IsPositional = true, IsRequired = true };

    private static readonly NumberParameter Limit = new(
        "limit", "The number of points to show, the last ones", 1, int.MaxValue, 50, on: Shell)
    { Placeholder = "N" };

    private static readonly FlagParameter All = RunParameters.All("points");

    private static readonly NumberParameter FromStep = new(
        "from_step", "Only points of this step or later", -LargestStep, LargestStep, on: Tools);
    private static readonly NumberParameter ToStep = new(
        "to_step", "Only points of this step or earlier", -LargestStep, LargestStep, on: Tools);

    private static readonly NumberParameter MostPoints = new("max_points",
        "A longer history is thinned to about this number of points: the first and the last, and of each stretch between the smallest, the "
            + "largest and the first that is no number",
        10, 1000, 100, on: Tools);

    private static readonly FlagParameter Every = new(
        "every_point", "Give every point, in pages of max_points, instead of thinning", on: Tools);

    public override CommandText Command { get; } = new("history", "Show how a value changed in the course of a run",
        "assay history latest loss", "assay history best:accuracy metrics.acc --all", "assay history @1 loss --json");

    public override ToolText Tool => new("get_metric_history", "History of a metric",
        "Gives how a value changed in the course of a run: points with step, value, time, note and the journal's line, and the range "
            + "of all of them. A long history is thinned, and the answer says so.");

    public override IReadOnlyList<Parameter> Parameters =>
        [RunParameters.Run, Metric, Limit, All, FromStep, ToStep, MostPoints, Every, PageCursor.Parameter];

    public override Answer Ask(QuestionCall call)
    {
        var field = RunField.Parse(Metric.Of(call)!);
        (long? first, long? last) = (FromStep.Of(call), ToStep.Of(call));
        bool every = !call.IsTool || Every.Of(call);
        int from = PageCursor.From(call), most = MostPoints.Count(call), limit = All.Of(call) ? int.MaxValue : Limit.Count(call);
        (Results all, RunRecord run) = call.FindRun();
        FieldPoint[] recorded = [.. field.Over(new RunValues(run))];
        if (recorded.Length == 0) throw KnownNames.UnknownIn(run, field.Name);
        FieldPoint[] points = InSteps(recorded, first, last);
        FieldPoint[] shown = !call.IsTool ? [.. points.TakeLast(limit)]
            : every ? [.. points.Skip(from).Take(most)]
            : Thinning.To(points, most);
        return new Answer(HistoryReport.Of(call.Store, run, field.Name, points, shown))
        {
            Runs = all,
            // A thinned history has no further pages.
            List = new AnswerList("points", every ? points.Length : 0, from),
            Remarks = [.. Remarks(recorded, points, shown, every)],
        };
    }

    protected override void Write(HistoryReport report, Page page)
    {
        page.Fact("run", report.RunId);
        page.Fact("experiment", report.Experiment);
        page.Fact("value", report.Metric);
        if (report.Range is { } range && report.Total > 1)
            page.Fact("range", $"first {Words.Value(range.First.Value)}, last {Words.Value(range.Last.Value)}, "
                + $"min {Words.Value(range.Min.Value)}{At(range.MinStep)}, max {Words.Value(range.Max.Value)}{At(range.MaxStep)}");
        page.Fact("curve", report.Drawn);
        page.Line();
        page.Grid(TextGrid.Of(
            report.Points, ("step", p => Words.Value(p.Step)), ("value", p => Words.Value(p.Value)),
            ("after", p => Words.Duration(p.ElapsedMs)), ("line", p => Words.Value(p.Line)), ("note", p => p.Note))
            .WithoutEmpty("step", "line", "note"));
        if (report.Shown < report.Total)
            page.Line($"the last {Words.Number(report.Shown)} of {Words.Count(report.Total, "point")}; --limit N or --all shows more.");
    }

    private static string At(long? step) => step is null ? "" : $" at step {Words.Value(step)}";

    private static FieldPoint[] InSteps(FieldPoint[] points, long? first, long? last)
    {
        if (first is null && last is null) return points;
        if (points.All(p => p.Step is null))
            throw new AssayException("from_step and to_step are given, but the points have no steps; expected them only where there are "
                + "steps. Leave them out, and take every_point for pages.");
        return [.. points.Where(p => p.Step is { } step && (first is null || step >= first) && (last is null || step <= last))];
    }

    private static IEnumerable<string> Remarks(FieldPoint[] recorded, FieldPoint[] points, FieldPoint[] shown, bool every)
    {
        if (points.Length == 0)
            yield return $"None of the {Words.Count(recorded.Length, "point")} is in these steps: "
                + $"they go from {recorded.Min(p => p.Step)} to {recorded.Max(p => p.Step)}.";
        if (!every && shown.Length < points.Length)
            yield return $"Thinned: {Words.Number(shown.Length)} of {Words.Number(points.Length)} points. range is of all of them; "
                + "from_step and to_step look closer, every_point gives each, in pages.";
    }
}
