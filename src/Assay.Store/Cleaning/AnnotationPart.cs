namespace Assay;

/// <summary>
/// Journals of annotations that speak only of runs that cleanups have freed together with their journals. A journal that is merely absent
/// may come back, and its runs must not count again then. The marks of freed runs are left to <see cref="FreedMarkPart"/>.
/// </summary>
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
