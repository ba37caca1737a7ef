using System.Globalization;

namespace Assay.Questions;

/// <summary>The report of <c>best</c> as text.</summary>
internal static class BestText
{
    public static void Write(BestReport report, Page page)
    {
        if (report.Total == 0) page.Line("no runs");
        else page.Grid(report.Groups is null ? Runs(report, page) : Groups(report, report.Groups, page));
        string left = Left(report);
        if (left.Length > 0) page.Line(left);
    }

    private static TextGrid Runs(BestReport report, Page page)
    {
        bool statuses = report.Runs.Any(r => r.Status != "success");
        var grid = new TextGrid("@", "id", Printable.Line(report.Metric), "step", "status", "experiment", "params", "started (UTC)");
        foreach (BestRun run in report.Runs)
        {
            grid.Add(
                Text(run.Rank), page.ShortId(run.RunId), Words.Value(run.Value.Value), Words.Value(run.Step), statuses ? run.Status : "",
                Words.Title(run.Experiment, run.Version), Words.Values(run.Params), Words.Time(run.StartedAt));
        }

        return grid.WithoutEmpty("step", "status", "params");
    }

    private static TextGrid Groups(BestReport report, IReadOnlyList<BestGroup> groups, Page page)
    {
        string metric = Printable.Line(report.Metric);
        string[] keys = [.. groups.SelectMany(g => g.Group.Keys).Distinct(StringComparer.Ordinal)];
        string mean = "mean " + metric;
        var grid = new TextGrid([.. keys.Select(Printable.Line), mean, "runs", "best " + metric, "id"]);
        foreach (BestGroup group in groups)
        {
            grid.Add([
                .. keys.Select(
                    k => Words.Value(group.Group.GetValueOrDefault(k))), report.Means ? Mean(group) : "", Words.Number(group.Runs),
                Words.Value(group.Best.Value.Value), page.ShortId(group.Best.RunId)]);
        }

        return grid.WithoutEmpty(mean);
    }

    private static string Mean(BestGroup group) => group.StandardDeviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{group.Mean:G5} ± {deviation:G3}")
        : group.Mean.ToString("G5", CultureInfo.InvariantCulture);

    // A ranking that leaves runs out must not look like one of all.
    private static string Left(BestReport report)
    {
        var parts = new List<string>();
        int of = report.GroupCount ?? report.Total;
        if (report.Shown < of)
            parts.Add($"{Words.Number(report.Shown)} of {Words.Count(of, report.Groups is null ? "run" : "group")}; --limit N shows more.");
        if (report.NotSuccessful > 0)
            parts.Add($"Not ranked: {Words.Count(report.NotSuccessful, "run")} without success (--any-status ranks them).");
        if (report.WithoutValue > 0) parts.Add($"Not ranked: {Words.Count(report.WithoutValue, "run")} without a number there.");
        return string.Join(' ', parts);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
