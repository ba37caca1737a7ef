namespace Assay;

/// <summary>What a store holds, at the moment somebody asks what could go.</summary>
internal sealed class CleanupScan
{
    private readonly List<string> _kept = [];

    private CleanupScan(StoreLayout layout, TimeProvider clock, CleanupOptions options, RunAnnotations annotations, IReadOnlyList<RemovedRun> runs, IReadOnlyList<string> writers) =>
        (Layout, Clock, Options, Annotations, Runs, Writers) = (layout, clock, options, annotations, runs, writers);

    public StoreLayout Layout { get; }

    public TimeProvider Clock { get; }

    public CleanupOptions Options { get; }

    public RunAnnotations Annotations { get; }

    /// <summary>Removed runs that can still be restored.</summary>
    public IReadOnlyList<RemovedRun> Runs { get; }

    /// <summary>Names of the locks that somebody holds: who writes may be about to name an artifact or a snapshot.</summary>
    public IReadOnlyList<string> Writers { get; }

    public IReadOnlyList<JournalUse> Journals { get; private set; } = [];

    /// <summary>Refs that were made for runs that have gone, and stay for now: whoever tells of them must stay too, or nobody ever frees them.</summary>
    public HashSet<string> Standing { get; } = new(StringComparer.Ordinal);

    /// <summary>Journals of annotations that can go.</summary>
    public HashSet<string> OverSayings { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Kept => _kept;

    /// <param name="layout">The store.</param>
    /// <param name="clock">Decides what is old, and whether writers on other hosts live.</param>
    /// <param name="options">What may go.</param>
    /// <param name="only">Only these of the removed runs; null for all.</param>
    public static CleanupScan Of(StoreLayout layout, TimeProvider clock, CleanupOptions options, HashSet<string>? only)
    {
        // Before the journals are read: what a writer that has gone since wrote is then among what is read.
        string[] writers = [.. LiveLocks(layout, clock)];
        var annotations = RunAnnotations.Read(layout);
        RemovedRun[] runs = [.. annotations.Removed().Where(r => r.FreedAt is null && only?.Contains(r.Id) != false)];
        var scan = new CleanupScan(layout, clock, options, annotations, runs, writers);
        HashSet<UInt128> ids = [.. runs.Select(r => r.RunId)];
        HashSet<string> writing = [.. writers];
        bool IsGone(UInt128 id, string journal, int attempt) => annotations.RemovalOf(id, journal, attempt) is { } removal && (removal.FreedAt is not null || ids.Contains(id));
        scan.Journals = [.. layout.AllJournals().AsParallel().AsOrdered().Select(j => JournalUse.Read(j, writing.Contains(StoreLayout.WriterOf(j)), annotations.RemovedIds, IsGone))];
        return scan;
    }

    /// <summary>Takes note of something that stays.</summary>
    public void Keep(string why)
    {
        if (!_kept.Contains(why)) _kept.Add(why);
    }

    /// <summary>The removed runs that are not whole any more when some things have gone.</summary>
    public IReadOnlyList<RemovedRun> Losing(IReadOnlyList<CleanupItem> items)
    {
        HashSet<string> journals = [.. items.Where(i => i.Kind == CleanupKind.Journal).Select(i => Path.GetFileName(i.Name))];
        HashSet<UInt128> ids = items.Any(i => i.Kind == CleanupKind.Artifact) ? [.. Journals.SelectMany(j => j.GoneWithArtifacts)] : [];
        return [.. Runs.Where(r => ids.Contains(r.RunId) || r.Places.Any(p => journals.Contains(p.Journal)))];
    }

    /// <summary>Says in the store, before anything goes, that runs cannot be restored any more, and which journals go with them.</summary>
    /// <param name="runs">What <see cref="Losing"/> says.</param>
    /// <param name="items">What goes.</param>
    /// <returns>The journal that says it; null where there is nothing to say.</returns>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public string? MarkAsFreed(IReadOnlyList<RemovedRun> runs, IReadOnlyList<CleanupItem> items)
    {
        var lines = new JsonBuffer();
        foreach (RemovedRun run in runs) AnnotationLines.Places(lines, "freed"u8, run, Annotations.After(run.RunId, Clock));
        HashSet<string> going = [.. items.Where(i => i.Kind == CleanupKind.Journal).Select(i => i.Name)];
        Dictionary<UInt128, string> experiments = Annotations.Removed().ToDictionary(r => r.RunId, r => r.Experiment);
        foreach (JournalUse journal in Journals.Where(j => j.IsAllGone && going.Contains(j.Path) && !Annotations.Gone.Contains(Path.GetFileName(j.Path))))
            AnnotationLines.Gone(lines, journal.GoneRun, experiments.GetValueOrDefault(journal.GoneRun, ""), Path.GetFileName(journal.Path), Annotations.After(journal.GoneRun, Clock));
        return lines.Length == 0 ? null : AnnotationJournal.Write(Layout, "free", lines.Written, Clock);
    }

    /// <summary>Writes down which refs stay although the journals go that tell of them, so that a later cleanup finds them.</summary>
    /// <param name="journals">The journals that go.</param>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void TellOfStanding(IReadOnlyList<CleanupItem> journals)
    {
        HashSet<string> going = [.. journals.Where(i => i.Kind == CleanupKind.Journal).Select(i => i.Name)], known = [.. Annotations.Left.Select(s => s.Ref)];
        MadeSnapshot[] left = [.. Journals.Where(j => going.Contains(j.Path)).SelectMany(j => j.Snapshots).Where(s => Standing.Contains(s.Ref) && known.Add(s.Ref))];
        if (left.Length == 0) return;
        var lines = new JsonBuffer();
        foreach (MadeSnapshot snapshot in left) AnnotationLines.Left(lines, snapshot, Annotations.After(snapshot.RunId, Clock));
        AnnotationJournal.Write(Layout, "left", lines.Written, Clock);
    }

    private static IEnumerable<string> LiveLocks(StoreLayout layout, TimeProvider clock) => Directory.Exists(layout.Locks)
        ? Directory.EnumerateFiles(layout.Locks, "*.lock").Select(file => file[..^".lock".Length])
            .Where(name => name != layout.CleaningLock && StoreLock.IsHeld(name, clock)).Select(name => Path.GetFileName(name)).Order(StringComparer.Ordinal)
        : [];
}
