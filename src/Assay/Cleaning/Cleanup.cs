namespace Assay;

/// <summary>
/// What could be freed in a store, as it stood when it was looked at: what removed runs hold, and what killed programs left. <see cref="Run"/> frees it. Killed in the middle it leaves nothing
/// damaged, and another cleanup does the rest.
/// </summary>
public sealed class Cleanup
{
    private CleanupScan _scan;

    private Cleanup(CleanupScan scan, IReadOnlyList<CleanupItem> items) => (_scan, Items, Runs) = (scan, items, scan.Losing(items));

    /// <summary>What will be freed, in the order in which it will.</summary>
    public IReadOnlyList<CleanupItem> Items { get; }

    /// <summary>Removed runs that cannot be restored afterwards; after <see cref="Run"/>, those that cannot be any more.</summary>
    public IReadOnlyList<RemovedRun> Runs { get; private set; }

    /// <summary>What is not freed although somebody might expect it, and why, in sentences; after <see cref="Run"/>, as it was found then.</summary>
    public IReadOnlyList<string> Kept => _scan.Kept;

    /// <summary>How long the files are that will be freed, in bytes.</summary>
    public long Bytes => Items.Sum(i => i.Bytes);

    // In this order: whoever is told of something by a journal comes before the journals, and what says that runs are removed goes when their journals have.
    private static CleanupPart[] Parts { get; } = [new SnapshotPart(), new JournalPart(), new ArtifactPart(), new AnnotationPart(), new FreedMarkPart(), new LeftoverPart(), new IndexPart()];

    /// <summary>Looks at the store again and frees what is still free of what was found then; in a program that is replayed, nothing.</summary>
    /// <returns>What was freed, and what could not be and why, in sentences.</returns>
    /// <exception cref="StoreException">The store cannot be written, or another process cleans it up; nothing was freed.</exception>
    public CleanupResult Run()
    {
        var result = new CleanupResult();
        if (Items.Count == 0) return result;
        if (ReplayOrder.FromEnvironment is not null)
        {
            new Notices(ProgressDisplay.ErrorConsole(ProgressMode.None)).Warn($"nothing was freed in '{_scan.Layout.Root}': a replay only reads the stores its program names.");
            Runs = [];
            return result;
        }

        using StoreLock held = CleaningLock.Take(_scan.Layout, _scan.Clock);
        var now = CleanupScan.Of(_scan.Layout, _scan.Clock, _scan.Options, [.. _scan.Runs.Select(r => r.Id)]);
        HashSet<(CleanupKind, string)> known = [.. Items.Select(i => (i.Kind, i.Name))];
        var found = Parts.Select(part => (part, Items: Shown(now, part, known))).ToArray();
        CleanupItem[] going = [.. found.SelectMany(f => f.Items)];
        (_scan, Runs) = (now, now.Losing(going));
        now.TellOfStanding(going);
        string? mark = now.MarkAsFreed(Runs, going);
        foreach ((CleanupPart part, CleanupItem[] items) in found)
        {
            foreach (CleanupItem item in items) result.Add(item);
            if (items.Length > 0 && !result.Settle(part, now.Layout)) return result;
        }

        // It kept anybody from restoring a run while it went; where nothing of the run is left it goes too.
        if (mark is not null && FreedMarkPart.IsOver(now.Layout, mark)) StoreLeftovers.TryDelete(mark);
        return result;
    }

    // In the order of the parts: what one leaves decides what the next finds.
    private static CleanupItem[] Shown(CleanupScan now, CleanupPart part, HashSet<(CleanupKind, string)> known)
    {
        CleanupItem[] all = [.. part.Find(now)];
        // A ref that can go only since the plan was shown stays, and must be known to the next cleanup.
        now.Standing.UnionWith(all.Where(i => i.Kind == CleanupKind.Snapshot && !known.Contains((i.Kind, i.Name))).Select(i => i.Name));
        return [.. all.Where(i => known.Contains((i.Kind, i.Name)))];
    }

    internal static Cleanup Plan(StoreLayout layout, TimeProvider clock, CleanupOptions options)
    {
        var scan = CleanupScan.Of(layout, clock, options, only: null);
        return new Cleanup(scan, [.. Parts.SelectMany(part => part.Find(scan))]);
    }
}

/// <summary>What came of a cleanup.</summary>
public sealed class CleanupResult
{
    private readonly List<CleanupItem> _freed = [];
    private readonly List<string> _faults = [];

    internal CleanupResult()
    {
    }

    /// <summary>What was freed.</summary>
    public IReadOnlyList<CleanupItem> Freed => _freed;

    /// <summary>What could not be freed, and why, in sentences.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>How long the files were that were freed, in bytes.</summary>
    public long Bytes => _freed.Sum(i => i.Bytes);

    /// <returns>False when what comes next must stay, because it is not certain that this part's things have gone.</returns>
    internal bool Settle(CleanupPart part, StoreLayout layout)
    {
        try
        {
            part.Settle(layout);
            return true;
        }
        catch (IOException fault)
        {
            _faults.Add($"nobody knows whether what was removed is gone from the disk: {Foreign.Sentence(fault)} What would have gone after it stays. Check the disk, then clean up again.");
            return false;
        }
    }

    internal void Add(CleanupItem item)
    {
        try
        {
            if (item.Free()) _freed.Add(item);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or GitException)
        {
            _faults.Add($"'{item.Name}' could not be removed: {Foreign.Sentence(fault)} Mend that, then clean up again.");
        }
    }
}
