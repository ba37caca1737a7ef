namespace Assay.Questions;

internal sealed class CleanupQuestion : Question<CleanupReport>
{
    private const int MostLines = 20;

    private static readonly FlagParameter DryRun = new(
        "dry_run", "Only show what would be freed. Default where nobody can be asked", on: Shell);
    private static readonly FlagParameter Yes = RunParameters.Yes("Free it without asking");

    private static readonly FlagParameter Snapshots = new(
        "snapshots",
        "Also free snapshots of the code that other stores or copies of this one may share; only for repositories of which none of "
            + "them needs anything", on: Shell);

    public override CommandText Command { get; } = new(
        "gc", "Free what removed runs hold and what killed programs left; asks first", "assay gc --dry-run", "assay gc --yes",
        "assay gc --dry-run --json");

    public override IReadOnlyList<Parameter> Parameters => [DryRun, Yes, Snapshots];

    public override bool Writes => true;

    public override Answer Ask(QuestionCall call)
    {
        bool yes = Yes.Of(call), dry = DryRun.Of(call);
        Store store = call.Store;
        if (dry && yes) throw new AssayException("--dry-run and --yes are both given; expected one of them.");
        Assay.Cleanup plan = store.PlanCleanup(new CleanupOptions { Parts = Snapshots.Of(call) ? [new SnapshotPart(call.Folder)] : [] });
        var planned = CleanupReport.Of(store, plan);
        if (!yes)
        {
            if (dry || call.IsJson || plan.Items.Count == 0 || call.Confirm is not { } confirm) return new Answer(planned);
            string question = $"Free {Words.Bytes(plan.Bytes)}? It cannot be undone.";
            if (!confirm(question, page => Write(planned, page))) throw new DeclinedException("nothing was freed.");
        }

        var report = CleanupReport.Of(store, plan, plan.Run());
        return new Answer(report) { IsNegative = report.Faults.Count > 0 };
    }

    protected override void Write(CleanupReport report, Page page)
    {
        if (report.Items > 0)
        {
            page.Grid(TextGrid.Of(
                report.Listed.Take(MostLines), ("kind", l => l.Kind), ("bytes", l => Words.Number(l.Bytes)),
                ("name", l => Short(report.Store, l)), ("why", l => l.Why)));
            string more = $"and {Words.Number(report.Items - MostLines)} more; --json lists up to {Words.Number(CleanupReport.MostListed)}";
            if (report.Items > MostLines) page.Line(more);
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

/// <summary>What a cleanup frees, or would.</summary>
internal sealed record CleanupReport(
    string Store, bool Done, int Items, long Bytes, IReadOnlyList<CleanupTally> ByKind, IReadOnlyList<CleanupLine> Listed, int RunsFreed,
    IReadOnlyList<string> Kept, IReadOnlyList<string> Faults) : Report
{
    public const int MostListed = 1000;

    public static CleanupReport Of(Store store, Cleanup plan, CleanupResult? result = null)
    {
        IReadOnlyList<CleanupItem> items = result?.Freed ?? plan.Items;
        IEnumerable<CleanupTally> kinds = items.GroupBy(i => i.Kind).OrderBy(g => g.Key)
            .Select(g => new CleanupTally(CleanupLine.Text(g.Key), g.Count(), g.Sum(i => i.Bytes)));
        return new CleanupReport(
            store.Path, result is not null, items.Count, items.Sum(i => i.Bytes), [.. kinds],
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
