namespace Assay;

/// <summary>
/// One kind of things that a cleanup can free. A project that keeps something for a store outside of it, such as snapshots in git, derives
/// from this class and is passed with <see cref="CleanupOptions.Parts"/>. Instances have no state and are thread-safe.
/// </summary>
public abstract class CleanupPart
{
    /// <summary>Finds what can go. What unexpectedly cannot is reported with <see cref="CleanupScan.Keep(string)"/>.</summary>
    /// <returns>The items; none is freed before <see cref="Cleanup.Run"/>.</returns>
    public abstract IEnumerable<CleanupItem> Find(CleanupScan scan);

    /// <summary>Is called when the items of this part have gone, before those of the next part go.</summary>
    /// <exception cref="IOException">The disk does not confirm it.</exception>
    internal virtual void Settle(StorageBackend storage) { }
}

/// <summary>What a cleanup may free. Immutable; change it with <c>with</c>.</summary>
public sealed record CleanupOptions
{
    /// <summary>Artifacts that were written within this time are kept. Default: ten minutes.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What is freed beside the store's own files, before the journals that name it. Default: nothing.</summary>
    public IReadOnlyList<CleanupPart> Parts { get; init; } = [];
}
