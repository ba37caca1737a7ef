namespace Assay;

/// <summary>One run of a plan.</summary>
internal sealed class PlannedRun
{
    public required long Index { get; init; }

    public required UInt128 Id { get; init; }

    public required object Point { get; init; }

    public required SeedBundle Seed { get; init; }

    /// <summary>Identifies the point across replicates.</summary>
    public required UInt128 ParamsFingerprint { get; init; }
}
