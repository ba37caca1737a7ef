namespace Assay;

/// <summary>
/// Journals of annotations that speak of nothing but runs that cleanups have freed, with their journals, and of refs in git that have gone. A journal that is merely not there may come back, and must not
/// find its runs counted again. What says that runs were freed is left to <see cref="FreedMarkPart"/>.
/// </summary>
internal sealed class AnnotationPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        HashSet<string> going = [.. scan.Journals.Where(j => j.CanGo).Select(j => Path.GetFileName(j.Path))];
        var absent = new HashSet<string>(StringComparer.Ordinal);
        foreach (AnnotationFile said in AnnotationFile.All(scan.Layout).Where(s => !s.HasFreed))
        {
            if (said.IsWhole && Array.TrueForAll(said.Lines, l => IsOver(scan, going, l)))
            {
                scan.FinishedAnnotations.Add(said.File);
                yield return CleanupItem.File(CleanupKind.Annotations, said.File, "it speaks of removed runs whose journals are gone", () => Delete(scan, said));
            }
            else absent.UnionWith(said.Places.Where(p => IsAbsent(scan, going, p.Id, p.Place)).Select(p => p.Place.Journal));
        }

        if (absent.Count > 0)
            scan.Keep($"what was said of runs in {(absent.Count == 1 ? $"the journal '{absent.Min()}'" : $"{absent.Count} journals, '{absent.Min()}' among them")} stays, because {(absent.Count == 1 ? "it is" : "they are")} not in the store and no cleanup freed {(absent.Count == 1 ? "it" : "them")}: removed runs in {(absent.Count == 1 ? "it" : "them")} stay removed, should {(absent.Count == 1 ? "it" : "they")} come back.");
    }

    // What says that runs are removed is gone, also after a power failure, before what says that they were freed.
    internal override void Settle(StoreLayout layout) => FolderSync.Sync(layout.Annotations);

    // A journal that could not be deleted must not show its runs again, nor a ref that could not be deleted be forgotten.
    private static bool Delete(CleanupScan scan, AnnotationFile said)
    {
        if (said.Places.FirstOrDefault(p => IsThere(scan, p.Place.Journal)) is { Place.Journal: { } journal })
            throw new IOException($"The journal '{journal}' it speaks of is still there.");
        return CleanupItem.Delete(said.File);
    }

    private static bool IsOver(CleanupScan scan, HashSet<string> going, AnnotationLine line) => line.Kind == AnnotationKind.Left || (line.Places.Count > 0 && line.Places.All(p => scan.Annotations.RemovalOf(line.RunId, p.Journal, p.Attempt) is { } removal && (going.Contains(p.Journal) || (removal.FreedAt is not null && scan.Annotations.Gone.Contains(p.Journal) && !IsThere(scan, p.Journal)))));

    private static bool IsAbsent(CleanupScan scan, HashSet<string> going, UInt128 id, AttemptPlace place) =>
        !going.Contains(place.Journal) && !IsThere(scan, place.Journal) && !scan.Annotations.Gone.Contains(place.Journal) && scan.Annotations.RemovalOf(id, place.Journal, place.Attempt) is not null;

    private static bool IsThere(CleanupScan scan, string journal) => File.Exists(Path.Combine(scan.Layout.Journals, journal));
}
