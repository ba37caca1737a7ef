namespace Assay;

/// <summary>One run of a plan. The fingerprint of its parameters identifies the point across replicates.</summary>
internal sealed record PlannedRun(long Index, UInt128 Id, object Point, SeedBundle Seed, UInt128 ParamsFingerprint);

/// <summary>The buffers that one worker reuses for all of its runs. Not thread-safe.</summary>
internal sealed class RunWorkspace(IFileHasher files)
{
    public JsonBuffer Line { get; } = new();
    public CanonicalWriter Canonical { get; } = new(canonical: true, files);
    public CanonicalWriter Plain { get; } = new(canonical: false, files);

    /// <summary>The canonical JSON of a run's identity.</summary>
    public JsonBuffer Identity { get; } = new();

    /// <summary>The index of the point whose canonical form is in <see cref="Canonical"/>; −1 for none.</summary>
    public long PointIndex { get; set; } = -1;

    public object? Point { get; set; }
    public UInt128 PointFingerprint { get; set; }

    /// <summary>The canonical form of a run's point, which must be the point that was computed last.</summary>
    public ReadOnlySpan<byte> CanonicalOf(PlannedRun run) => ReferenceEquals(run.Point, Point) ? Canonical.Json.Written
        : throw new InvalidOperationException("The workspace has computed another point in the meantime.");
}
