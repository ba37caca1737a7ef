namespace Assay.Questions;

/// <summary>Runs that were removed.</summary>
internal sealed record RemovalReport(string Store, int Removed, IReadOnlyList<RemovalRow> Runs) : Report
{
    /// <summary>Removes runs; the caller has asked for consent.</summary>
    /// <exception cref="AssayException">A run is under way or has been removed; none is removed then.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static RemovalReport Make(Store store, IReadOnlyCollection<RunRecord> runs)
    {
        IReadOnlyList<RemovedRun> removed = store.Remove(runs);
        return new RemovalReport(store.Path, removed.Count, [.. removed.Select(RemovalRow.Of)]);
    }
}

/// <summary>A run that was removed, or restored.</summary>
internal sealed record RemovalRow(string RunId, string Experiment, DateTimeOffset RemovedAt)
{
    public static RemovalRow Of(RemovedRun run) => new(run.Id, run.Experiment, run.RemovedAt);
}

/// <summary>Runs that were restored.</summary>
internal sealed record RestoreReport(string Store, int Restored, IReadOnlyList<RemovalRow> Runs) : Report
{
    /// <summary>Restores removed runs, named by the first digits of their ids or by places in the last list.</summary>
    /// <exception cref="AssayException">
    /// An address means no removed run, or several; a run has been freed. None is restored then.
    /// </exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static RestoreReport Make(Store store, IReadOnlyList<string> addresses, LastList last)
    {
        IReadOnlyList<RemovedRun> removed = store.Removed();
        IReadOnlyList<RemovedRun> restored = store.Restore(
            [.. addresses.Select(a => RemovedAddress.Find(removed, a, last)).DistinctBy(r => r.Id)]);
        return new RestoreReport(store.Path, restored.Count, [.. restored.Select(RemovalRow.Of)]);
    }
}
