namespace Assay;

/// <summary>What killed programs left behind: temporary files and locks nobody holds.</summary>
internal sealed class LeftoverPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        // The lock of a run that never began tells what else it made, as long as that is there.
        HashSet<string> needed = [.. scan.Journals.Where(j => j.IsUnbegun && j.IsHeld).Select(j => scan.Layout.WriterLock(StoreLayout.WriterOf(j.Path)))];
        return
        [
            .. StoreLeftovers.Find(scan.Layout, scan.Clock).Select(f => CleanupItem.File(CleanupKind.Leftover, f, "a temporary file that nobody has written to for a day")),
            .. StoreLock.Dead(scan.Layout, scan.Clock).Where(n => !needed.Contains(n)).SelectMany(name => (string[])[name + ".json", name + ".lock"]).Where(File.Exists)
                .Select(f => Lock(scan, f)),
        ];
    }

    private static CleanupItem Lock(CleanupScan scan, string file) => new(CleanupKind.Leftover, file, new FileInfo(file).Length, "a lock that nobody holds", () =>
    {
        string journal = scan.Layout.Journal(Path.GetFileNameWithoutExtension(file));
        return !JournalHead.IsMissing(journal) && CleanupItem.Delete(file);
    });
}
