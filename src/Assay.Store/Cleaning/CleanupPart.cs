namespace Assay;

/// <summary>
/// One kind of things that a cleanup can free. A project that keeps something for a store outside of it, such as snapshots in git, derives
/// from this class and is passed with <see cref="CleanupOptions.Parts"/>. Instances have no state and are thread-safe.
/// </summary>
public abstract class CleanupPart
{
    /// <summary>Finds what can go. What unexpectedly cannot is reported with <see cref="CleanupScan.Keep(string)"/>.</summary>
    /// <param name="scan">The store at one moment.</param>
    /// <returns>The items; none is freed before <see cref="Cleanup.Run"/>.</returns>
    public abstract IEnumerable<CleanupItem> Find(CleanupScan scan);

    /// <summary>Is called when the items of this part have gone, before those of the next part go.</summary>
    /// <exception cref="IOException">The disk does not confirm it.</exception>
    internal virtual void Settle(StorageBackend storage)
    {
    }
}
