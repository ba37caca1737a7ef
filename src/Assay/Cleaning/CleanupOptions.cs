namespace Assay;

/// <summary>What a cleanup may free. Immutable; change it with <c>with</c>.</summary>
public sealed record CleanupOptions
{
    /// <summary>
    /// Whether snapshots of the code go that runs of other stores may need too: those under <c>refs/assay/snapshots/</c>, because equal files make one, whichever store a run is in; and branches
    /// <c>run/ID</c> of runs that were recorded while the store stood elsewhere, because a copy has the same runs as its original. Set it only where no other store, and no copy of this one, has runs of
    /// the same repository that anybody needs. Branches of runs that were recorded here go either way. Default: false.
    /// </summary>
    public bool Snapshots { get; init; }

    /// <summary>Artifacts that were written within so long are kept. Default: ten minutes.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);
}
