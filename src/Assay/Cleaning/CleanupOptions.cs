namespace Assay;

/// <summary>What a cleanup may free. Immutable; change it with <c>with</c>.</summary>
public sealed record CleanupOptions
{
    /// <summary>
    /// Whether snapshots of the code under <c>refs/assay/snapshots/</c> go when only removed runs of this store refer to them. Equal files make one snapshot, whichever store a run is in: set
    /// it only where no other store has runs of the same repository. Branches <c>run/ID</c> belong to one run and go either way. Default: false.
    /// </summary>
    public bool SharedSnapshots { get; init; }

    /// <summary>Artifacts that were written within so long are kept. Default: ten minutes.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);
}
