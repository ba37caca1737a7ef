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
            if (journal.CanGo)
                yield return CleanupItem.Of(CleanupKind.Journal, journal.Journal, $"{(journal.GoneRuns == 1 ? "its run is" : $"all its {journal.GoneRuns} runs are")} removed");
            else if (journal.WriterLives)
                scan.Keep($"'{journal.Journal.Location}' stays, because somebody writes to it; its runs are removed. Clean up again when its writer has ended.");
            else
                scan.Keep($"'{journal.Journal.Location}' stays, because {Lines(journal)} cannot be read and may be of a run that is not removed; 'assay doctor' says which.");
        }
    }

    // What says that the runs are removed may go only when the journals have, also after a power failure.
    internal override void Settle(StorageBackend storage) => storage.Settle(JournalArea.Runs);

    private static string Lines(JournalContents journal) => journal.Damage.Count == 1 ? "a line of it" : $"{journal.Damage.Count} lines of it";
}
