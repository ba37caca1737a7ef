namespace Assay.Questions;

/// <summary>What a cleanup frees, or would.</summary>
internal sealed record CleanupReport(
    string Store, bool Done, int Items, long Bytes, IReadOnlyList<CleanupTally> ByKind, IReadOnlyList<CleanupLine> Listed, int RunsFreed,
    IReadOnlyList<string> Kept, IReadOnlyList<string> Faults) : Report
{
    public const int MostListed = 1000;

    /// <param name="store">The store.</param>
    /// <param name="plan">What was found.</param>
    /// <param name="result">What came of it; null when nothing was freed.</param>
    public static CleanupReport Of(Store store, Cleanup plan, CleanupResult? result = null)
    {
        IReadOnlyList<CleanupItem> items = result?.Freed ?? plan.Items;
        return new CleanupReport(
            store.Path, result is not null, items.Count, items.Sum(i => i.Bytes),
            [
                .. items.GroupBy(i => i.Kind).OrderBy(g => g.Key)
                    .Select(g => new CleanupTally(CleanupLine.Text(g.Key), g.Count(), g.Sum(i => i.Bytes))),
            ],
            [.. items.Take(MostListed).Select(CleanupLine.Of)], plan.Runs.Count, [.. Left(plan.SnapshotsLeft), .. plan.Kept],
            result?.Faults ?? []);
    }

    private static IEnumerable<string> Left(int snapshots) => snapshots == 0 ? [] :
    [
        (snapshots == 1 ? "a snapshot of the code of removed runs stays" : $"{snapshots} snapshots of the code of removed runs stay")
            + " in git. --snapshots deletes them together with the journals that name them; without these journals they are not found "
            + "again.",
    ];
}

/// <summary>How much of one kind.</summary>
internal sealed record CleanupTally(string Kind, int Count, long Bytes);

/// <summary>One thing: a file, or a ref in git.</summary>
internal sealed record CleanupLine(string Kind, string Name, long Bytes, string Why)
{
    public static CleanupLine Of(CleanupItem item) => new(Text(item.Kind), item.Name, item.Bytes, item.Why);

    public static string Text(CleanupKind kind) => kind.ToString().ToLowerInvariant();
}

/// <summary>The report of <c>gc</c> as text.</summary>
internal static class CleanupText
{
    private const int MostLines = 20;

    public static void Write(CleanupReport report, Page page)
    {
        if (report.Items > 0)
        {
            page.Grid(TextGrid.Of(
                report.Listed.Take(MostLines), ("kind", l => l.Kind), ("bytes", l => Words.Number(l.Bytes)),
                ("name", l => Short(report.Store, l)), ("why", l => l.Why)));
            if (report.Items > MostLines)
            {
                page.Line($"and {Words.Number(report.Items - MostLines)} more; --json lists up to "
                    + $"{Words.Number(CleanupReport.MostListed)}");
            }
        }

        foreach (string kept in report.Kept) page.Line($"kept: {kept}");
        foreach (string fault in report.Faults) page.Line($"failed: {fault}");
        page.Line(Verdict(report));
    }

    // A ref is no path.
    private static string Short(string store, CleanupLine line) =>
        Path.IsPathRooted(line.Name) ? Path.GetRelativePath(store, line.Name) : line.Name;

    private static string Verdict(CleanupReport report)
    {
        if (report.Items == 0) return report.Faults.Count > 0 ? "nothing was freed" : "nothing to free";
        string kinds = string.Join(", ", report.ByKind.Select(k => $"{Words.Number(k.Count)} of kind {k.Kind}"));
        string sum = $"{Words.Bytes(report.Bytes)} in {kinds}";
        string runs = report.RunsFreed == 0 ? "" : $"; {Words.Count(report.RunsFreed, "removed run")} cannot be restored "
            + $"{(report.Done ? "any more" : "afterwards")}";
        return report.Done ? $"freed {sum}{runs}" : $"would free {sum}{runs}; --yes does it";
    }
}
