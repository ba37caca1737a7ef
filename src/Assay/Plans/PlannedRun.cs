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

/// <summary>The buffers that one worker reuses for all of its runs. Not thread-safe.</summary>
internal sealed class RunWorkspace(IFileHasher files)
{
    /// <summary>The journal line that is being written.</summary>
    public JsonBuffer Line { get; } = new();

    public CanonicalWriter Canonical { get; } = new(canonical: true, files);
    public CanonicalWriter Plain { get; } = new(canonical: false, files);

    /// <summary>The canonical JSON of a run's identity.</summary>
    public JsonBuffer Identity { get; } = new();

    /// <summary>The index of the point whose canonical form is in <see cref="Canonical"/>; −1 for none.</summary>
    public long PointIndex { get; set; } = -1;

    public object? Point { get; set; }
    public UInt128 PointFingerprint { get; set; }
}
