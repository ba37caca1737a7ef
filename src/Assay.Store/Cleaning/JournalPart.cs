namespace Assay;

/// <summary>Journals of which every run is removed. A journal that also holds other runs stays as it is: nothing rewrites one.</summary>
internal sealed class JournalPart : CleanupPart
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);

    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        long before = (scan.Clock.GetUtcNow() - Old).UtcTicks;
        foreach (JournalContents journal in scan.Journals.Where(j => j.IsEmpty && j.ChangedAt < before))
            yield return CleanupItem.Of(CleanupKind.Journal, journal.Journal, "its run was killed before anything was written to it");
        foreach (JournalContents journal in scan.Journals.Where(j => j.IsAllGone))
        {
            string runs = journal.GoneRuns == 1 ? "its run is" : $"all its {journal.GoneRuns} runs are";
            if (journal.CanGo) yield return CleanupItem.Of(CleanupKind.Journal, journal.Journal, $"{runs} removed");
            else if (WhyKept(journal) is { } why) scan.Keep($"'{journal.Journal.Location}' stays, because {why}");
        }
    }

    // The removals of runs may go only when their journals are gone from the disk, even after a power failure.
    internal override void Settle(StorageBackend storage) => storage.Settle(JournalArea.Runs);

    // Why a journal is held was reported with the snapshots it names.
    private static string? WhyKept(JournalContents journal)
    {
        if (journal.IsHeld) return null;
        if (journal.WriterLives) return "somebody writes to it; its runs are removed. Clean up again when its writer has ended.";
        string lines = journal.Damage.Count == 1 ? "a line of it" : $"{journal.Damage.Count} lines of it";
        return $"{lines} cannot be read and may be of a run that is not removed; 'assay doctor' says which.";
    }
}
