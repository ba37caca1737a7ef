namespace Assay;

/// <summary>Journals of which every run is removed. A journal that also holds other runs stays as it is: nothing rewrites one.</summary>
internal sealed class JournalPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        DateTimeOffset before = scan.Clock.GetUtcNow() - StoreLeftovers.Old;
        foreach (JournalContents journal in scan.Journals.Where(j => j.IsEmpty && File.GetLastWriteTimeUtc(j.Path) < before))
            yield return CleanupItem.File(CleanupKind.Journal, journal.Path, "its run was killed before anything was written to it");
        foreach (JournalContents journal in scan.Journals.Where(j => j.IsAllGone))
        {
            if (journal.CanGo)
                yield return CleanupItem.File(CleanupKind.Journal, journal.Path, $"{(journal.GoneRuns == 1 ? "its run is" : $"all its {journal.GoneRuns} runs are")} removed");
            else if (journal.WriterLives) scan.Keep($"'{journal.Path}' stays, because somebody writes to it; its runs are removed. Clean up again when its writer has ended.");
            else scan.Keep($"'{journal.Path}' stays, because {Lines(journal)} cannot be read and may be of a run that is not removed; 'assay doctor' says which.");
        }
    }

    // What says that the runs are removed may go only when the journals have, also after a power failure.
    internal override void Settle(StoreLayout layout) => FolderSync.Sync(layout.Journals);

    private static string Lines(JournalContents journal) => journal.Damage.Count == 1 ? "a line of it" : $"{journal.Damage.Count} lines of it";
}
