namespace Assay;

/// <summary>One sort of things that a cleanup frees. Has no state.</summary>
internal abstract class CleanupPart
{
    /// <summary>What can go; what cannot although it might be expected is told to the scan.</summary>
    public abstract IEnumerable<CleanupItem> Find(CleanupScan scan);

    /// <summary>Called when its items have gone, before those of the next part go.</summary>
    /// <exception cref="IOException">The disk does not confirm it.</exception>
    public virtual void Settle(StoreLayout layout) { }
}
