namespace Assay;

/// <summary>Journals of which every run is removed. A journal that also holds other runs stays as it is: nothing rewrites one.</summary>
internal sealed class JournalPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        foreach (JournalUse journal in scan.Journals.Where(j => j.IsUnbegun && UnbegunRun.CanGo(scan, j.Path)))
            yield return Item(journal, "its run was killed before anything was written to it");
        foreach (JournalUse journal in scan.Journals.Where(j => j.IsAllGone))
        {
            if (journal.CanGo) yield return Item(journal, $"{(journal.GoneRuns == 1 ? "its run is" : $"all its {journal.GoneRuns} runs are")} removed");
            else if (journal.IsHeld) continue;
            else if (journal.WriterLives) scan.Keep($"'{journal.Path}' stays, because somebody writes to it; its runs are removed. Clean up again when its writer has ended.");
            else scan.Keep($"'{journal.Path}' stays, because {Lines(journal)} cannot be read and may be of a run that is not removed; 'assay doctor' says which.");
        }
    }

    // What says that the runs are removed may go only when the journals have, also after a power failure.
    public override void Settle(StoreLayout layout) => FolderSync.Sync(layout.Journals);

    private static CleanupItem Item(JournalUse journal, string why) => CleanupItem.File(CleanupKind.Journal, journal.Path, why, () =>
        journal.IsHeld ? throw new IOException("It tells of a snapshot in git that could not be removed.") : CleanupItem.Delete(journal.Path));

    private static string Lines(JournalUse journal) => journal.Damage.Count == 1 ? "a line of it" : $"{journal.Damage.Count} lines of it";
}
