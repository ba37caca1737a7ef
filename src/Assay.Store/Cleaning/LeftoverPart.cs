namespace Assay;

/// <summary>What killed programs left behind: temporary files and locks nobody holds.</summary>
internal sealed class LeftoverPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan)
    {
        return
        [
            .. StoreLeftovers.Find(scan.Layout, scan.Clock).Select(f => CleanupItem.File(CleanupKind.Leftover, f, "a temporary file that nobody has written to for a day")),
            .. StoreLock.Dead(scan.Layout, scan.Clock).SelectMany(name => (string[])[name + ".json", name + ".lock"]).Where(File.Exists)
                .Select(f => Lock(scan, f)),
        ];
    }

    private static CleanupItem Lock(CleanupScan scan, string file) => CleanupItem.File(CleanupKind.Leftover, file, "a lock that nobody holds", () =>
        !JournalHead.IsMissing(scan.Layout.Journal(Path.GetFileNameWithoutExtension(file))) && CleanupItem.Delete(file));
}
