namespace Assay;

/// <summary>A lone run whose program was killed between making its journal and writing the first line. Only the lock it held tells what else it made.</summary>
internal static class UnbegunRun
{
    /// <summary>The branch such a run had, if it came so far.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="journal">Its journal, which has no line.</param>
    public static MadeSnapshot Branch(StoreLayout layout, string journal)
    {
        string writer = StoreLayout.WriterOf(journal);
        LockHolder? holder = LockHolder.TryRead(layout.WriterLock(writer) + ".json");
        return new MadeSnapshot(Snapshot.BranchRefs + writer, "")
        {
            // locks/ID in the store.
            Store = holder is { Place.Length: > 0 } ? Path.GetDirectoryName(Path.GetDirectoryName(holder.Place)) ?? "" : "",
            Folder = holder?.Folder ?? "",
        };
    }

    /// <summary>Whether nothing is left of such a run but its journal and its lock, and the run was started here: an empty journal of a copy may be one that was not copied in whole.</summary>
    public static bool CanGo(CleanupScan scan, string journal) => Branch(scan.Layout, journal) is var branch && branch.Store == scan.Layout.RealRoot && !scan.Standing.Contains(branch.Ref);
}
