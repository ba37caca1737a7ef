using System.Globalization;

namespace Assay.Questions;

/// <summary>The answer of <c>best</c> as text.</summary>
internal static class BestText
{
    public static void Write(BestReport report, Page page)
    {
        if (report.Total == 0) page.Line("no runs");
        else page.Grid(report.Groups is { } groups ? Groups(report, groups, page) : Runs(report, page));
        string left = string.Join(' ', LeftOut(report));
        if (left.Length > 0) page.Line(left);
    }

    private static TextGrid Runs(BestReport report, Page page)
    {
        bool statuses = report.Runs.Any(r => r.Status != "success");
        return TextGrid.Of(
            report.Runs, ("@", r => Words.Value(r.Rank)), ("id", r => page.ShortId(r.RunId)),
            (report.Metric, r => Words.Value(r.Value.Value)), ("step", r => Words.Value(r.Step)),
            ("status", r => statuses ? r.Status : ""), ("experiment", r => Words.Title(r.Experiment, r.Version)),
            ("params", r => Words.Values(r.Params)), ("started (UTC)", r => Words.Time(r.StartedAt)))
            .WithoutEmpty("step", "status", "params");
    }

    private static TextGrid Groups(BestReport report, IReadOnlyList<BestGroup> groups, Page page)
    {
        string mean = "mean " + report.Metric;
        IEnumerable<(string, Func<BestGroup, string?>)> keys = groups.SelectMany(g => g.Group.Keys).Distinct(StringComparer.Ordinal)
            .Select(key => (key, (Func<BestGroup, string?>)(g => Words.Value(g.Group.GetValueOrDefault(key)))));
        return TextGrid.Of(groups, [
            .. keys, (mean, g => report.Means ? Mean(g) : ""), ("runs", g => Words.Number(g.Runs)),
            ("best " + report.Metric, g => Words.Value(g.Best.Value.Value)), ("id", g => page.ShortId(g.Best.RunId))]).WithoutEmpty(mean);
    }

    private static string Mean(BestGroup group) => group.StandardDeviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{group.Mean:G5} ± {deviation:G3}")
        : group.Mean.ToString("G5", CultureInfo.InvariantCulture);

    // A ranking that leaves runs out must not look like one of all.
    private static IEnumerable<string> LeftOut(BestReport report)
    {
        int all = report.GroupCount ?? report.Total;
        string noun = report.Groups is null ? "run" : "group";
        if (report.Shown < all) yield return $"{Words.Number(report.Shown)} of {Words.Count(all, noun)}; --limit N shows more.";
        if (report.NotSuccessful > 0)
            yield return $"Not ranked: {Words.Count(report.NotSuccessful, "run")} without success (--any-status ranks them).";
        if (report.WithoutValue > 0) yield return $"Not ranked: {Words.Count(report.WithoutValue, "run")} without a number there.";
    }
}
