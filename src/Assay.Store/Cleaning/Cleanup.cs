namespace Assay;

/// <summary>
/// What could be freed in a store, as it stood when it was looked at: what removed runs hold, and what killed programs left.
/// <see cref="Run"/> frees it. Killed in the middle it leaves nothing damaged, and another cleanup does the rest.
/// </summary>
public sealed class Cleanup
{
    private CleanupScan _scan;

    private Cleanup(CleanupScan scan, IReadOnlyList<CleanupItem> items) => (_scan, Items, Runs) = (scan, items, scan.Losing(items));

    /// <summary>What will be freed, in the order in which it will.</summary>
    public IReadOnlyList<CleanupItem> Items { get; }

    /// <summary>Removed runs that cannot be restored afterwards; after <see cref="Run"/>, those that cannot be any more.</summary>
    public IReadOnlyList<RemovedRun> Runs { get; private set; }

    /// <summary>What is unexpectedly not freed, and why, in sentences; after <see cref="Run"/>, as it was found then.</summary>
    public IReadOnlyList<string> Kept => _scan.Kept;

    /// <summary>How long the files are that will be freed, in bytes.</summary>
    public long Bytes => Items.Sum(i => i.Bytes);

    /// <summary>The number of snapshots in git that could go, where <see cref="CleanupOptions.Parts"/> has no part for them.</summary>
    public int SnapshotsLeft { get; private init; }

    // Journals go before the annotations that say that their runs are removed.
    private static readonly CleanupPart[] OwnParts =
        [
        new JournalPart(), new ArtifactPart(), new DerivedPart(), new AnnotationPart(), new FreedMarkPart(), new LeftoverPart(),
        new IndexPart(),
    ];

    /// <summary>Looks at the store again and frees what was found and can still go.</summary>
    /// <returns>What was freed, and what could not be and why, in sentences.</returns>
    /// <exception cref="StoreException">The store cannot be written, or another process cleans it up; nothing was freed.</exception>
    public CleanupResult Run()
    {
        var result = new CleanupResult();
        if (Items.Count == 0) return result;
        if (StoreLocation.IsRedirected)
        {
            result.Add($"nothing is freed in '{_scan.Store}', because a run is replayed: a replay only reads the stores that its program "
                + "names.");
            Runs = [];
            return result;
        }

        using Lease held = CleaningLease.Take(_scan.Storage, _scan.Clock);
        var now = new CleanupScan(_scan.Storage, _scan.Clock, _scan.Options, [.. _scan.Runs.Select(r => r.Id)]);
        HashSet<(CleanupKind, string)> known = [.. Items.Select(i => (i.Kind, i.Name))];
        // In the order of the parts: what one leaves decides what the next finds.
        (CleanupPart Part, CleanupItem[] Items)[] found =
            [.. Parts(_scan.Options).Select(part => (part, part.Find(now).Where(i => known.Contains((i.Kind, i.Name))).ToArray()))];
        CleanupItem[] going = [.. found.SelectMany(f => f.Items)];
        (_scan, Runs) = (now, now.Losing(going));
        JournalRef? mark = now.MarkAsFreed(Runs, going);
        foreach ((CleanupPart part, CleanupItem[] items) in found)
        {
            foreach (CleanupItem item in items) result.Add(item);
            // The journals alone name what another project keeps for them: they stay until it is gone.
            if (result.Faults.Count > 0 && !OwnParts.Contains(part)) return result;
            if (items.Length > 0 && !result.Settle(part, now.Storage)) return result;
        }

        // The mark kept runs from being restored while they went. Where nothing of them is left it goes too.
        if (mark is { } freed) FreedMarkPart.TryDelete(freed);
        return result;
    }

    private static IEnumerable<CleanupPart> Parts(CleanupOptions options) => [.. options.Parts, .. OwnParts];

    internal static Cleanup Plan(StorageBackend storage, TimeProvider clock, CleanupOptions options)
    {
        var scan = new CleanupScan(storage, clock, options, only: null);
        int snapshots = options.Parts.Count == 0 ? scan.UnneededSnapshots.Count : 0;
        return new Cleanup(scan, [.. Parts(options).SelectMany(part => part.Find(scan))]) { SnapshotsLeft = snapshots };
    }
}

/// <summary>What came of a cleanup.</summary>
public sealed class CleanupResult
{
    private readonly List<CleanupItem> _freed = [];
    private readonly List<string> _faults = [];

    internal CleanupResult() { }

    /// <summary>What was freed.</summary>
    public IReadOnlyList<CleanupItem> Freed => _freed;

    /// <summary>What could not be freed, and why, in sentences.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>How long the files were that were freed, in bytes.</summary>
    public long Bytes => _freed.Sum(i => i.Bytes);

    /// <returns>False when what comes next must stay, because it is not certain that this part's things have gone.</returns>
    internal bool Settle(CleanupPart part, StorageBackend storage)
    {
        try
        {
            part.Settle(storage);
            return true;
        }
        catch (IOException fault)
        {
            _faults.Add($"nobody knows whether what was removed is gone from the disk: {ExceptionText.Sentence(fault)} "
                + "What would have gone after it stays. Check the disk, then clean up again.");
            return false;
        }
    }

    internal void Add(string fault) => _faults.Add(fault);

    internal void Add(CleanupItem item)
    {
        try
        {
            if (item.Free()) _freed.Add(item);
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            _faults.Add($"'{item.Name}' could not be removed: {ExceptionText.Sentence(fault)} Mend that, then clean up again.");
        }
    }
}
