namespace Assay;

/// <summary>
/// Journals of annotations that mark runs and journals as freed. They go last, when nothing else names those journals, so that a cleanup
/// that is killed in between knows what another has begun.
/// </summary>
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
    public static void TryDelete(JournalRef mark)
    {
        try
        {
            RequireOver(mark);
            mark.Storage.DeleteJournal(mark.Area, mark.Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next cleanup deletes it.
        }
    }

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
