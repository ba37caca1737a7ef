namespace Assay.Cli;

/// <summary>Runs that were removed.</summary>
internal sealed record RemovalReport(string Store, int Removed, IReadOnlyList<RemovalRow> Runs) : Report
{
    private const int MostListed = 20;

    /// <summary>Removes runs; the caller has asked whoever must agree.</summary>
    /// <exception cref="AssayException">A run is under way or has been removed; none is removed then.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static RemovalReport Make(Store store, IReadOnlyCollection<RunRecord> runs)
    {
        IReadOnlyList<RemovedRun> removed = store.Remove(runs);
        return new RemovalReport(store.Path, removed.Count, [.. removed.Select(RemovalRow.Of)]);
    }

    public static void Write(RemovalReport report, Page page)
    {
        page.Line($"removed {Words.Count(report.Removed, "run")}; restore with: assay rm --undo {string.Join(' ', report.Runs.Take(MostListed).Select(r => r.RunId[..ShortIds.Least]))}{(report.Removed > MostListed ? " …" : "")}");
        page.Line("'assay gc' frees what they hold; until then nothing is lost.");
    }

    /// <summary>What would be removed, for a person to look at.</summary>
    public static void WriteRuns(IReadOnlyList<RunRecord> runs, ShortIds ids, Page page)
    {
        var grid = new TextGrid("id", "experiment", "status", "started (UTC)", "params", "metrics");
        foreach (RunRecord run in runs.Take(MostListed))
            grid.Add(ids.Of(run.Id), Words.Title(run.Experiment, run.Version), RunStatusText.Text(run.Status), Words.Time(run.StartedAt), Words.Values(run.Params), Words.Values(run.Metrics));
        page.Grid(grid);
        if (runs.Count > MostListed) page.Line($"and {Words.Count(runs.Count - MostListed, "run")} more");
    }

    /// <summary>The same as part of a message.</summary>
    public static string Listed(IReadOnlyList<RunRecord> runs) => string.Concat(runs.Take(MostListed).Select(run =>
        $"\n  {run.Id}  {Words.Title(run.Experiment, run.Version)}  {RunStatusText.Text(run.Status)}  {Words.Time(run.StartedAt)}  {Words.Values(run.Params)}".TrimEnd())) + (runs.Count > MostListed ? "\n  …" : "");
}

/// <summary>A run that was removed, or restored.</summary>
internal sealed record RemovalRow(string RunId, string Experiment, DateTimeOffset RemovedAt)
{
    public static RemovalRow Of(RemovedRun run) => new(run.Id, run.Experiment, run.RemovedAt);
}

/// <summary>Runs that were restored.</summary>
internal sealed record RestoreReport(string Store, int Restored, IReadOnlyList<RemovalRow> Runs) : Report
{
    /// <summary>Restores removed runs.</summary>
    /// <param name="store">The store.</param>
    /// <param name="addresses">The first digits of their ids, or places in the last list.</param>
    /// <param name="last">The last list.</param>
    /// <exception cref="AssayException">An address means no removed run, or several; a run has been freed. None is restored then.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static RestoreReport Make(Store store, IReadOnlyList<string> addresses, LastList last)
    {
        IReadOnlyList<RemovedRun> removed = store.Removed();
        IReadOnlyList<RemovedRun> restored = store.Restore([.. addresses.Select(a => RemovedAddress.Find(removed, a, last)).DistinctBy(r => r.Id)]);
        return new RestoreReport(store.Path, restored.Count, [.. restored.Select(RemovalRow.Of)]);
    }

    public static void Write(RestoreReport report, Page page) =>
        page.Line($"restored {Words.Count(report.Restored, "run")}: {string.Join(", ", report.Runs.Select(r => r.RunId))}");
}
