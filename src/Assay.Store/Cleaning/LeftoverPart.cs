namespace Assay;

/// <summary>
/// Files that killed programs left in a folder: temporary files, and locks without a holder. Other backends clear theirs themselves.
/// </summary>
internal sealed class LeftoverPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan) => scan.Storage is not FileStorage { Layout: var layout } ? [] :
    [
        .. StoreLeftovers.Find(layout, scan.Clock)
            .Select(f => CleanupItem.File(CleanupKind.Leftover, f, "a temporary file that nobody has written to for a day")),
        .. FileLease.Dead(layout, scan.Clock).SelectMany(name => (string[])[name + ".json", name + ".lock"]).Where(File.Exists)
            .Select(f => CleanupItem.File(CleanupKind.Leftover, f, "a lock that nobody holds")),
    ];
}
