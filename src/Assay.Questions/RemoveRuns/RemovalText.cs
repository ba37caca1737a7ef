namespace Assay.Questions;

/// <summary>Removed and restored runs as text.</summary>
internal static class RemovalText
{
    private const int MostListed = 20;

    public static void Write(RemovalReport report, Page page)
    {
        string ids = string.Join(' ', report.Runs.Take(MostListed).Select(r => r.RunId[..ShortIds.Least]));
        page.Line($"removed {Words.Count(report.Removed, "run")}; restore with: assay rm --undo "
            + $"{ids}{(report.Removed > MostListed ? " …" : "")}");
        page.Line("'assay gc' frees what they hold; until then nothing is lost.");
    }

    public static void Write(RestoreReport report, Page page) =>
        page.Line($"restored {Words.Count(report.Restored, "run")}: {string.Join(", ", report.Runs.Select(r => r.RunId))}");

    /// <summary>Writes the runs to remove, for a person to look at.</summary>
    public static void WriteRuns(IReadOnlyList<RunRecord> runs, ShortIds ids, Page page)
    {
        page.Grid(TextGrid.Of(
            runs.Take(MostListed), ("id", r => ids.Of(r.Id)), ("experiment", r => Words.Title(r.Experiment, r.Version)),
            ("status", r => RunStatusText.Text(r.Status)), ("started (UTC)", r => Words.Time(r.StartedAt)),
            ("params", r => Words.Values(r.Params)), ("metrics", r => Words.Values(r.Metrics))));
        if (runs.Count > MostListed) page.Line($"and {Words.Count(runs.Count - MostListed, "run")} more");
    }

    /// <summary>The runs to remove as part of a message.</summary>
    public static string Listed(IReadOnlyList<RunRecord> runs) =>
        string.Concat(runs.Take(MostListed).Select(RunCandidates.Line)) + (runs.Count > MostListed ? "\n  …" : "");
}
