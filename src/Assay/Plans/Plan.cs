namespace Assay;

/// <summary>
/// The runs of an experiment, space × seeds. A plan does not store its runs but computes them: run <i>i</i> is replicate <i>i mod R</i> of
/// point <i>i / R</i>. Immutable and thread-safe; a workspace belongs to one caller at a time.
/// </summary>
internal abstract class Plan
{
    public required string Name { get; init; }
    public required string Version { get; init; }
    public required SeedPlan Seeds { get; init; }
    public required RunIdentity Identity { get; init; }
    public required CodeFingerprint Code { get; init; }

    /// <summary>The context in plain form; null without a context.</summary>
    public required byte[]? ContextJson { get; init; }

    public required InputGuard Inputs { get; init; }
    public string Description { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, object?>> Metadata { get; init; } = [];

    /// <summary>The number of runs: points × replicates.</summary>
    public long Count => checked(PointCount * Seeds.Replicates);

    public abstract long PointCount { get; }
    public abstract bool IsAsync { get; }
    public abstract IReadOnlyList<string> Notes { get; }
    public abstract object SpaceDescription { get; }
    public string Title => $"{Name}:{Version}";

    /// <summary>Computes a run: one access to the space, one canonical form and one hash.</summary>
    public PlannedRun At(long index, RunWorkspace workspace)
    {
        long point = Math.DivRem(index, Seeds.Replicates, out long replicate);
        if (workspace.PointIndex != point) Load(point, workspace);
        SeedBundle seed = Seeds.Bundle((int)replicate, Seeds.MixPoint ? Fingerprint.Hex(workspace.PointFingerprint) : null);
        UInt128 id = Identity.IdOf(workspace.Identity, workspace.Canonical.Json.Written, seed);
        return new PlannedRun(index, id, workspace.Point!, seed, workspace.PointFingerprint);
    }

    public static UInt128 IdUnder(RunIdentity other, PlannedRun run, RunWorkspace workspace) =>
        other.IdOf(workspace.Identity, workspace.CanonicalOf(run), run.Seed);

    /// <summary>
    /// Verifies that the operation has not changed its parameters, because its results would be stored under other parameters than it used.
    /// Immutable parameters need no verification.
    /// </summary>
    /// <exception cref="CaptureException">The parameters differ from those in the identity of the run.</exception>
    public void CheckUnchanged(PlannedRun run, RunWorkspace workspace)
    {
        if (IsImmutable(run.Point)) return;
        var current = new CanonicalWriter(canonical: true, workspace.Canonical.Files);
        WriteCanonical(run.Point, current);
        if (current.Json.Written.SequenceEqual(workspace.CanonicalOf(run))) return;
        workspace.PointIndex = -1;
        throw new CaptureException("the operation has changed its own parameters (a list, a dictionary or a settable member), "
            + "expected parameters that stay the same, because they identify the run. Copy them before changing them.");
    }

    protected abstract bool IsImmutable(object point);

    public abstract void WriteParams(PlannedRun run, RunWorkspace workspace, JsonBuffer line);

    /// <summary>The columns that a space of variables adds to the rows of the run.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, object?>> Labels(PlannedRun run);

    public abstract void Execute(PlannedRun run, RunContext context);

    public abstract Task ExecuteAsync(PlannedRun run, RunContext context);

    protected abstract object PointAt(long point);

    protected abstract void WriteCanonical(object point, CanonicalWriter writer);

    private void Load(long point, RunWorkspace workspace)
    {
        workspace.PointIndex = -1;
        object value = PointAt(point);
        WriteCanonical(value, workspace.Canonical.Reset());
        workspace.PointFingerprint = Fingerprint.Of(workspace.Canonical.Json.Written);
        (workspace.Point, workspace.PointIndex) = (value, point);
    }
}
