namespace Assay;

/// <summary>The options of recording a lone run. Immutable; use <c>with</c> for a changed copy.</summary>
public sealed record TrackOptions
{
    /// <summary>The defaults.</summary>
    public static TrackOptions Default { get; } = new();

    /// <inheritdoc cref="RunOptions.Store"/>
    public string? Store { get; init; }

    /// <summary>The snapshot of uncommitted code. Default: a branch <c>run/ID</c>, which <c>git checkout</c> accepts by its name.</summary>
    public SnapshotOptions Snapshot { get; init; } = SnapshotOptions.Branch;

    /// <summary>The tags of the run. Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The time at which recorded values reach the disk. Default: within a second.</summary>
    public Durability Durability { get; init; } = Durability.Second;

    /// <summary>The source of times. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
