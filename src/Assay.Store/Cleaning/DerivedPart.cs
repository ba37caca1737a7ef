namespace Assay;

/// <summary>
/// Journals of derived values that speak only of freed runs of journals that are gone. Values of runs that stay are never deleted.
/// </summary>
internal sealed class DerivedPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        HashSet<string> going = [.. scan.Journals.Where(j => j.CanGo).Select(j => j.Name)], there = [.. scan.Journals.Select(j => j.Name)];
        // Their writers hold no lease: one that lives has written a line within a day, or it has computed a single value for longer.
        long before = (scan.Clock.GetUtcNow() - StoreLeftovers.Old).UtcTicks;
        foreach (JournalInfo journal in scan.Storage.ListJournals(JournalArea.Derived).Where(j => j.ChangedAt < before))
        {
            var reference = new JournalRef(scan.Storage, JournalArea.Derived, journal.Name);
            var reader = DerivedReader.ReadAll(reference);
            bool isWhole = reader.Lines.Count == reader.Count && reader.Damage.TrueForAll(d => d.Torn);
            const string Why = "its values are derived from removed runs whose journals are gone";
            if (isWhole && reader.Lines.TrueForAll(IsOver)) yield return CleanupItem.Of(CleanupKind.Derived, reference, Why);
        }

        bool IsOver(DerivedLine line) => scan.IsGone(line.RunId, line.Place.Journal, line.Place.Attempt) && IsFreed(line.Place.Journal);

        // A journal that is merely missing may come back.
        bool IsFreed(string journal) => going.Contains(journal) || (!there.Contains(journal) && scan.Annotations.Gone.Contains(journal));
    }

    internal override void Settle(StorageBackend storage) => storage.Settle(JournalArea.Derived);
}
