namespace Assay.Questions;

/// <summary>The answer of <c>history</c> as text.</summary>
internal static class HistoryText
{
    public static void Write(HistoryReport report, Page page)
    {
        page.Fact("run", report.RunId);
        page.Fact("experiment", report.Experiment);
        page.Fact("value", report.Metric);
        if (report.Range is { } range && report.Total > 1)
            page.Fact("range", $"first {Words.Value(range.First.Value)}, last {Words.Value(range.Last.Value)}, "
                + $"min {Words.Value(range.Min.Value)}{At(range.MinStep)}, max {Words.Value(range.Max.Value)}{At(range.MaxStep)}");
        page.Line();
        page.Grid(TextGrid.Of(
            report.Points, ("step", p => Words.Value(p.Step)), ("value", p => Words.Value(p.Value)),
            ("after", p => Words.Duration(p.ElapsedMs)), ("line", p => Words.Value(p.Line)), ("note", p => p.Note))
            .WithoutEmpty("step", "line", "note"));
        if (report.Shown < report.Total)
            page.Line($"the last {Words.Number(report.Shown)} of {Words.Count(report.Total, "point")}; --limit N or --all shows more.");
    }

    private static string At(long? step) => step is null ? "" : $" at step {Words.Value(step)}";
}
