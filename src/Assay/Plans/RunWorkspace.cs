namespace Assay;

/// <summary>Buffers one worker reuses from run to run. Not thread-safe; a worker that is left behind keeps its own.</summary>
internal sealed class RunWorkspace(IFileHasher files)
{
    /// <summary>For the line being written.</summary>
    public JsonBuffer Line { get; } = new();

    public CanonicalWriter Canonical { get; } = new(canonical: true, files);

    public CanonicalWriter Plain { get; } = new(canonical: false, files);

    /// <summary>For the text of an id.</summary>
    public JsonBuffer Identity { get; } = new();

    /// <summary>The point whose canonical form stands in <see cref="Canonical"/>; -1 for none.</summary>
    public long PointIndex { get; set; } = -1;

    public object? Point { get; set; }

    public UInt128 PointFingerprint { get; set; }
}
