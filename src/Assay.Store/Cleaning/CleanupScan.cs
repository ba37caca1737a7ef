namespace Assay;

/// <summary>What a store holds at the moment a cleanup is planned, for a <see cref="CleanupPart"/>.</summary>
public sealed class CleanupScan
{
    private readonly List<string> _kept = [];
    private readonly HashSet<UInt128> _going;

    // Of the removed runs only some may go, null for all.
    internal CleanupScan(StorageBackend storage, TimeProvider clock, CleanupOptions options, HashSet<string>? only)
    {
        (Storage, Clock, Options) = (storage, clock, options);
        // Before the journals are read, so that the lines of a writer that ends meanwhile are read too.
        Writers = [.. storage.ListLeases().Where(name => name != LeaseName.Cleaning && storage.IsLeased(name, clock))];
        Annotations = RunAnnotations.Read(storage);
        Runs = [.. Annotations.Removed().Where(r => r.FreedAt is null && only?.Contains(r.Id) != false)];
        _going = [.. Runs.Select(r => r.RunId)];
        Journals = [.. storage.ListJournals(JournalArea.Runs).AsParallel().AsOrdered().Select(j => JournalContents.Read(this, j))];
    }

    /// <summary>The store's folder, absolute.</summary>
    public string Store => Storage.Address;

    /// <summary>Snapshots of code in git that only journals name which can go.</summary>
    public IReadOnlyList<RecordedSnapshot> UnneededSnapshots =>
        [.. Journals.Where(j => j.CanGo).SelectMany(j => j.Snapshots).Distinct().Where(s => !Journals.Any(j => !j.CanGo && j.Needs(s)))];

    /// <summary>Whether a process writes to the store, and may be about to refer to something that nothing refers to yet.</summary>
    public bool IsWrittenTo => Writers.Count > 0;

    internal StorageBackend Storage { get; }

    internal TimeProvider Clock { get; }

    internal CleanupOptions Options { get; }

    internal RunAnnotations Annotations { get; }

    /// <summary>Removed runs that can still be restored.</summary>
    internal IReadOnlyList<RemovedRun> Runs { get; }

    internal IReadOnlyList<string> Writers { get; }

    internal IReadOnlyList<JournalContents> Journals { get; }

    /// <summary>Files of annotations that can go.</summary>
    internal HashSet<string> FinishedAnnotations { get; } = new(StringComparer.Ordinal);

    internal IReadOnlyList<string> Kept => _kept;

    /// <summary>Whether nothing needs the lines of an attempt any more.</summary>
    internal bool IsGone(UInt128 id, string journal, int attempt) =>
        Annotations.RemovalOf(id, journal, attempt) is { } removal && (removal.FreedAt is not null || _going.Contains(id));

    /// <summary>Reports something that is not freed, and why.</summary>
    public void Keep(string why)
    {
        if (!_kept.Contains(why)) _kept.Add(why);
    }

    /// <summary>Reports snapshots that are not freed, and keeps the journals that name them, which nothing else does.</summary>
    /// <param name="snapshots">Of <see cref="UnneededSnapshots"/>.</param>
    /// <param name="why">A sentence.</param>
    public void Keep(IEnumerable<RecordedSnapshot> snapshots, string why)
    {
        Keep(why);
        HashSet<RecordedSnapshot> kept = [.. snapshots];
        foreach (JournalContents journal in Journals.Where(j => j.Snapshots.Exists(kept.Contains))) journal.IsHeld = true;
    }

    /// <summary>The removed runs that are not whole any more when some things have gone.</summary>
    internal IReadOnlyList<RemovedRun> Losing(IReadOnlyList<CleanupItem> items)
    {
        HashSet<string> journals = [.. items.Where(i => i.Kind == CleanupKind.Journal).Select(i => Path.GetFileName(i.Name))];
        HashSet<UInt128> ids = items.Any(i => i.Kind == CleanupKind.Artifact) ? [.. Journals.SelectMany(j => j.GoneWithArtifacts)] : [];
        return [.. Runs.Where(r => ids.Contains(r.RunId) || r.Places.Any(p => journals.Contains(p.Journal)))];
    }

    /// <summary>Says in the store, before anything goes, that runs cannot be restored any more, and which journals go with them.</summary>
    /// <returns>The journal with the marks; null where none is needed.</returns>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    internal JournalRef? MarkAsFreed(IReadOnlyList<RemovedRun> runs, IReadOnlyList<CleanupItem> items)
    {
        var lines = new JsonBuffer();
        foreach (RemovedRun run in runs) AnnotationLine.WritePlaces(lines, "freed"u8, run, Annotations.After(run.RunId, Clock));
        HashSet<string> going = [.. items.Where(i => i.Kind == CleanupKind.Journal).Select(i => i.Name)];
        Dictionary<UInt128, string> experiments = Annotations.Removed().ToDictionary(r => r.RunId, r => r.Experiment);
        foreach (JournalContents journal in Journals)
        {
            if (!journal.IsAllGone || !going.Contains(journal.Journal.Location) || Annotations.Gone.Contains(journal.Name)) continue;
            string experiment = experiments.GetValueOrDefault(journal.GoneRun, "");
            AnnotationLine.WriteGone(lines, journal.GoneRun, experiment, journal.Name, Annotations.After(journal.GoneRun, Clock));
        }

        return lines.Length == 0 ? null : AnnotationJournal.Write(Storage, "free", lines.ToArray(), Clock);
    }

    /// <summary>An artifact as the plan shows it: in a folder its file.</summary>
    internal string NameOf(StoredArtifact artifact) =>
        Storage is FileStorage { Layout: var layout } ? layout.Artifact(artifact.Sha256) : artifact.Sha256;
}
