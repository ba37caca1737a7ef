namespace Assay;

/// <summary>What killed programs left behind: temporary files and locks nobody holds.</summary>
internal sealed class LeftoverPart : CleanupPart
{
    public override IEnumerable<CleanupItem> Find(CleanupScan scan) =>
    [
        .. StoreLeftovers.Find(scan.Layout, scan.Clock).Select(f => CleanupItem.File(CleanupKind.Leftover, f, "a temporary file that nobody has written to for a day")),
        .. StoreLock.Dead(scan.Layout, scan.Clock).SelectMany(name => (string[])[name + ".json", name + ".lock"]).Where(File.Exists)
            .Select(f => CleanupItem.File(CleanupKind.Leftover, f, "a lock that nobody holds")),
    ];
}
