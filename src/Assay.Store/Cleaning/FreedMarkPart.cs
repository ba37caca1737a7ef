namespace Assay;

/// <summary>
/// Journals of annotations that say which runs and journals were freed: they go last, when nothing else speaks of those journals any more, so that a cleanup which is killed in between knows what another
/// has begun.
/// </summary>
internal sealed class FreedMarkPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        // As if all had gone that can; each looks again before it goes.
        AnnotationFile[] all = [.. AnnotationFile.All(scan.Layout).Where(s => !scan.FinishedAnnotations.Contains(s.File))];
        HashSet<string> gone = [.. scan.Journals.Where(j => j.CanGo).Select(j => Path.GetFileName(j.Path))];
        foreach (AnnotationFile mark in all.Where(s => s.HasFreed))
        {
            if (!IsOver(all, mark, j => gone.Contains(j) || IsGone(scan.Layout, all, j))) continue;
            yield return CleanupItem.File(CleanupKind.Annotations, mark.File, "it says that runs were freed of which nothing is left", () => IsOver(scan.Layout, mark.File) && CleanupItem.Delete(mark.File));
        }
    }

    /// <summary>Whether nothing is left of what a journal says was freed, and nobody else speaks of it.</summary>
    public static bool IsOver(StoreLayout layout, string file)
    {
        AnnotationFile[] all = [.. AnnotationFile.All(layout)];
        return Array.Find(all, s => s.File == file) is { } mark && IsOver(all, mark, j => IsGone(layout, all, j));
    }

    private static bool IsGone(StoreLayout layout, AnnotationFile[] all, string journal) => all.Any(s => s.Gone.Contains(journal)) && !File.Exists(Path.Combine(layout.Journals, journal));

    // Another such journal that only says that runs were freed needs this one, which says that their journal was.
    private static bool IsOver(AnnotationFile[] all, AnnotationFile mark, Func<string, bool> isGone)
    {
        HashSet<string> journals = [.. mark.Journals, .. mark.Gone];
        return mark.IsWhole && journals.All(isGone) && !all.Any(s => s.File != mark.File && (!s.HasFreed || mark.Gone.Any()) && s.Journals.Any(journals.Contains));
    }
}
