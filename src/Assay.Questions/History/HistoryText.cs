using System.Globalization;

namespace Assay.Questions;

/// <summary>The report of <c>history</c> as text.</summary>
internal static class HistoryText
{
    public static void Write(HistoryReport report, Page page)
    {
        page.Fact("run", report.RunId);
        page.Fact("experiment", Printable.Line(report.Experiment));
        page.Fact("value", Printable.Line(report.Metric));
        if (report.Range is { } range && report.Total > 1)
            page.Fact("range", $"first {Words.Value(range.First.Value)}, last {Words.Value(range.Last.Value)}, "
                + $"min {Words.Value(range.Min.Value)}{At(range.MinStep)}, max {Words.Value(range.Max.Value)}{At(range.MaxStep)}");
        page.Line();
        var grid = new TextGrid("step", "value", "after", "line", "note");
        foreach (HistoryPoint point in report.Points)
        {
            grid.Add(
                Number(point.Step), Words.Value(point.Value), Words.Duration(point.ElapsedMs), Number(point.Line), Printable
                    .Line(point.Note ?? ""));
        }

        page.Grid(grid.WithoutEmpty("step", "line", "note"));
        if (report.Shown < report.Total)
            page.Line($"the last {Words.Number(report.Shown)} of {Words.Count(report.Total, "point")}; --limit N or --all shows more.");
    }

    private static string At(long? step) => step is { } s ? string.Create(CultureInfo.InvariantCulture, $" at step {s}") : "";

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
