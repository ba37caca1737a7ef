namespace Assay;

/// <summary>Annotations that speak only of freed runs of deleted journals; a journal that is merely absent may come back.</summary>
internal sealed class AnnotationPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        HashSet<string> going = [.. scan.Journals.Where(j => j.CanGo).Select(j => j.Name)], there = [.. scan.Journals.Select(j => j.Name)];
        var absent = new HashSet<string>(StringComparer.Ordinal);
        foreach (AnnotationFile file in AnnotationFile.All(scan.Storage).Where(f => !f.HasFreed))
        {
            if (file.IsWhole && Array.TrueForAll(file.Lines, IsOver))
            {
                scan.FinishedAnnotations.Add(file.Journal.Name);
                const string Why = "it speaks of removed runs whose journals are gone";
                yield return CleanupItem.Of(CleanupKind.Annotations, file.Journal, Why, () => RequireGone(scan, file));
            }
            else
            {
                absent.UnionWith(file.Places.Where(p => IsAbsent(p.Id, p.Place)).Select(p => p.Place.Journal));
            }
        }

        if (absent.Count > 0) scan.Keep(WhyKept(absent));

        bool IsOver(AnnotationLine line) =>
            line.Kind == AnnotationKind.Left || (line.Places.Count > 0 && line.Places.All(p => IsFreed(line.RunId, p)));

        bool IsGone(string journal) => !there.Contains(journal) && scan.Annotations.Gone.Contains(journal);

        bool IsFreed(UInt128 id, AttemptPlace place) => scan.Annotations.RemovalOf(id, place.Journal, place.Attempt) is { } removal
            && (going.Contains(place.Journal) || (removal.FreedAt is not null && IsGone(place.Journal)));

        bool IsAbsent(UInt128 id, AttemptPlace place) => !there.Contains(place.Journal) && !IsGone(place.Journal)
            && scan.Annotations.RemovalOf(id, place.Journal, place.Attempt) is not null;
    }

    // Removals are gone from the disk, even after a power failure, before the marks that their runs were freed.
    internal override void Settle(StorageBackend storage) => storage.Settle(JournalArea.Annotations);

    // A journal that could not be deleted must not show its runs again.
    private static void RequireGone(CleanupScan scan, AnnotationFile file)
    {
        HashSet<string> there = [.. scan.Storage.ListJournals(JournalArea.Runs).Select(j => j.Name)];
        if (file.Journals.FirstOrDefault(there.Contains) is { } journal)
            throw new IOException($"The journal '{journal}' it speaks of is still there.");
    }

    private static string WhyKept(HashSet<string> absent) =>
        absent.Count == 1
            ? $"what was said of runs in the journal '{absent.Min()}' stays, because it is not in the store and no cleanup freed it: "
                + "removed runs in it stay removed, should it come back."
            : $"what was said of runs in {absent.Count} journals, '{absent.Min()}' among them, stays, because they are not in the store "
                + "and no cleanup freed them: removed runs in them stay removed, should they come back.";
}

/// <summary>Marks of freed runs and journals, which go last, so that every cleanup knows what another has begun.</summary>
internal sealed class FreedMarkPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        // As if everything had gone that can; each is looked at again before it goes.
        AnnotationFile[] all = [.. AnnotationFile.All(scan.Storage).Where(f => !scan.FinishedAnnotations.Contains(f.Journal.Name))];
        HashSet<string> there = [.. scan.Journals.Select(j => j.Name)], going = [.. scan.Journals.Where(j => j.CanGo).Select(j => j.Name)];
        foreach (AnnotationFile mark in all.Where(f => f.HasFreed && IsOver(all, f, j => going.Contains(j) || IsGone(all, there, j))))
        {
            const string Why = "it says that runs were freed of which nothing is left";
            yield return CleanupItem.Of(CleanupKind.Annotations, mark.Journal, Why, () => RequireOver(mark.Journal));
        }
    }

    /// <summary>Deletes a mark when nothing is left of what it marks as freed, and nothing else names that.</summary>
    public static void TryDelete(JournalRef mark) => StoreFaults.Try(() =>
    {
        RequireOver(mark);
        mark.Storage.DeleteJournal(mark.Area, mark.Name);
    });

    private static void RequireOver(JournalRef mark)
    {
        AnnotationFile[] all = [.. AnnotationFile.All(mark.Storage)];
        HashSet<string> there = [.. mark.Storage.ListJournals(JournalArea.Runs).Select(j => j.Name)];
        if (Array.Find(all, f => f.Journal == mark) is not { } file || !IsOver(all, file, j => IsGone(all, there, j)))
            throw new IOException("Something it speaks of is still there.");
    }

    private static bool IsGone(AnnotationFile[] all, HashSet<string> there, string journal) =>
        !there.Contains(journal) && Array.Exists(all, f => f.Gone.Contains(journal));

    // A mark for runs alone needs the mark for their journal.
    private static bool IsOver(AnnotationFile[] all, AnnotationFile mark, Func<string, bool> isGone)
    {
        HashSet<string> journals = [.. mark.Journals, .. mark.Gone];
        return mark.IsWhole && journals.All(isGone)
            && !Array.Exists(all, f => f.Journal != mark.Journal && (!f.HasFreed || mark.Gone.Any()) && f.Journals.Any(journals.Contains));
    }
}

/// <summary>A journal of annotations, the lines of it that are understood, and whether these are all.</summary>
internal sealed record AnnotationFile(JournalRef Journal, AnnotationLine[] Lines, bool IsWhole)
{
    public IEnumerable<(UInt128 Id, AttemptPlace Place)> Places => Lines.SelectMany(l => l.Places.Select(p => (l.RunId, p)));

    public bool HasFreed => Array.Exists(Lines, l => l.Kind is AnnotationKind.Freed or AnnotationKind.Gone);

    public IEnumerable<string> Gone => Lines.Where(l => l.Kind == AnnotationKind.Gone).Select(l => l.Journal);

    public IEnumerable<string> Journals => Places.Select(p => p.Place.Journal);

    public static IEnumerable<AnnotationFile> All(StorageBackend storage)
    {
        foreach (JournalRef journal in JournalRef.All(storage, JournalArea.Annotations))
        {
            var reader = new AnnotationReader();
            reader.Read(journal);
            AnnotationLine[] lines = [.. reader.ByRun.Values.SelectMany(l => l)];
            yield return new AnnotationFile(journal, lines, lines.Length > 0 && lines.Length == reader.Lines && reader.Damage.Count == 0);
        }
    }
}
