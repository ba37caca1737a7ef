namespace Assay;

/// <summary>How a lone run is recorded. Immutable; change it with <c>with</c>.</summary>
public sealed record TrackOptions
{
    /// <summary>The defaults.</summary>
    public static TrackOptions Default { get; } = new();

    /// <summary>
    /// The store's folder. Default: the environment variable ASSAY_DIR, else the nearest <c>.assay</c> at or above the current folder, else <c>./.assay</c>, which is created.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>How uncommitted changes of the code are kept. Default: as a branch <c>run/ID</c>, which <c>git checkout</c> takes by its name.</summary>
    public SnapshotOptions Snapshot { get; init; } = SnapshotOptions.Branch;

    /// <summary>Words to find the run by. Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When what is recorded reaches the disk itself. Default: within a second.</summary>
    public Durability Durability { get; init; } = Durability.Second;

    /// <summary>Times. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
