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
        bool steps = report.Points.Any(p => p.Step is not null), notes = report.Points.Any(p => p.Note is not null), lines = report.Points
            .Any(p => p.Line is not null);
        var grid = new TextGrid([.. steps ? ["step"] : Array.Empty<string>(), "value", "after", .. lines ? ["line"] : Array.Empty<string>(), .. notes ? ["note"] : Array.Empty<string>()]);
        foreach (HistoryPoint point in report.Points)
        {
            grid.Add([
                .. steps ? [Number(point.Step)] : Array.Empty<string>(), Words.Value(point.Value), Words
                    .Duration(point.ElapsedMs), .. lines ? [Number(point.Line)] : Array.Empty<string>(),
                .. notes ? [Printable.Line(point.Note ?? "")] : Array.Empty<string>()]);
        }

        page.Grid(grid);
        if (report.Shown < report.Total)
            page.Line($"the last {Words.Number(report.Shown)} of {Words.Count(report.Total, "point")}; --limit N or --all shows more.");
    }

    private static string At(long? step) => step is { } s ? string.Create(CultureInfo.InvariantCulture, $" at step {s}") : "";

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
