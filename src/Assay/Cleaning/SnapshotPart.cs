namespace Assay;

/// <summary>
/// Snapshots of the code that were made for runs whose journals go, when no run that stays needs them. Only what this store says it made is ever looked at, because a repository may be that of several
/// stores; and of that only what still points where it did, what nobody has checked out, and what no copy of the store can need.
/// </summary>
internal sealed class SnapshotPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        MadeFor[] all = [.. Made(scan).GroupBy(m => m.Made.Ref, StringComparer.Ordinal).Select(MadeFor.Of)];
        if (all.Length == 0) return [];
        try
        {
            return new SnapshotSearch(scan).Find(all);
        }
        catch (GitException fault)
        {
            foreach (MadeFor made in all) made.Hold(scan);
            scan.Keep($"snapshots of the code stay, and the journals and notes that tell of them, because git did not answer: {Foreign.Sentence(fault)}");
            return [];
        }
    }

    /// <summary>What was made for runs that go, for runs that were killed before they began, and what stayed when other journals went.</summary>
    private static IEnumerable<(MadeSnapshot Made, JournalUse? Journal)> Made(CleanupScan scan) =>
    [
        .. scan.Journals.Where(j => j.CanGo).SelectMany(j => j.Snapshots.Select(s => (s, (JournalUse?)j))).Where(m => m.s.IsOurs),
        .. scan.Journals.Where(j => j.IsUnbegun).Select(j => (UnbegunRun.Branch(scan.Layout, j.Path), (JournalUse?)j)),
        .. scan.Annotations.Left.Where(s => s.IsOurs).Select(s => (s, (JournalUse?)null)),
    ];
}

/// <summary>A snapshot that may go, with the journals that go and tell of it.</summary>
internal sealed record MadeFor(MadeSnapshot Made, JournalUse[] Journals)
{
    public static MadeFor Of(IGrouping<string, (MadeSnapshot Made, JournalUse? Journal)> same) =>
        new(same.Select(m => m.Made).OrderByDescending(m => m.Commit.Length).First(), [.. same.Select(m => m.Journal).OfType<JournalUse>()]);

    /// <summary>Nobody knows whether it is still there: whatever tells of it stays.</summary>
    public void Hold(CleanupScan scan)
    {
        scan.Standing.Add(Made.Ref);
        foreach (JournalUse journal in Journals) journal.IsHeld = true;
    }
}

/// <summary>Finds out in git which snapshots can go, and why others cannot.</summary>
internal sealed class SnapshotSearch(CleanupScan scan)
{
    private readonly SnapshotPlaces _places = new(scan);
    private readonly KeptSnapshots _kept = new();
    private readonly List<CleanupItem> _items = [];

    /// <exception cref="GitException">Git did not answer.</exception>
    public IReadOnlyList<CleanupItem> Find(IEnumerable<MadeFor> all)
    {
        foreach (MadeFor made in all) Look(made);
        foreach (string sentence in _kept.Sentences()) scan.Keep(sentence);
        return _items;
    }

    private void Look(MadeFor made)
    {
        (SnapshotRef? found, SnapshotPlace? place) = _places.Find(made.Made);
        if (found is not null && place is not null)
        {
            if (Why(made.Made, found, place) is { } why) Keep(made, why, found.Use);
            else _items.Add(Item(made, found, place.Repository));
        }
        else if (!scan.Options.Snapshots && !_places.IsThere(made.Made.Folder))
        {
            Keep(made, WhyKept.NotFound, "");
        }
    }

    private void Keep(MadeFor made, WhyKept why, string use)
    {
        _kept.Add(why, made.Made, use);
        // What somebody has worked on is no longer ours; of what belongs to runs that stay their journals tell.
        if (why is WhyKept.Moved or WhyKept.OfStaying) return;
        scan.Standing.Add(made.Made.Ref);
    }

    private WhyKept? Why(MadeSnapshot made, SnapshotRef found, SnapshotPlace place)
    {
        bool isAsMade = made.Commit.Length > 0 ? found.Commit == made.Commit : Snapshot.IsOne(place.Repository.Git, found.Commit);
        if (!isAsMade) return WhyKept.Moved;
        if (found.Use.Length > 0) return WhyKept.Used;
        if (place.IsOwn(found)) return WhyKept.OfStaying;
        if (place.IsNamed(found)) return WhyKept.Named;
        if (scan.Options.Snapshots) return made.IsBranch || scan.Writers.Count == 0 ? null : WhyKept.Writers;
        if (!made.IsBranch) return WhyKept.Shared;
        if (made.Store.Length == 0) return WhyKept.NotSaid;
        return made.Store == scan.Layout.RealRoot ? null : WhyKept.Elsewhere;
    }

    private CleanupItem Item(MadeFor made, SnapshotRef found, GitRepository repository) =>
        new(CleanupKind.Snapshot, found.Name, 0, $"no run of this store that is left needs it; it is in the repository '{repository.Root}'", () =>
        {
            try
            {
                found.Delete(repository);
                return true;
            }
            catch (GitException)
            {
                made.Hold(scan);
                throw;
            }
        });
}
