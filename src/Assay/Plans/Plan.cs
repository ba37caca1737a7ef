namespace Assay;

/// <summary>
/// Space × seeds, never spelled out: run <i>i</i> is point <i>i / R</i>, replicate <i>i mod R</i>, and is computed from its index.
/// Immutable and thread-safe; the workspace passed in belongs to the caller.
/// </summary>
internal abstract class Plan
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required SeedPlan Seeds { get; init; }

    public required RunIdentity Identity { get; init; }

    public required CodeFingerprint Code { get; init; }

    /// <summary>The context in plain form, or null without one.</summary>
    public required byte[]? ContextJson { get; init; }

    /// <summary>Watches the input files of the context.</summary>
    public required InputGuard Inputs { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<(string Name, object? Value)> Metadata { get; init; } = [];

    /// <summary>Points × replicates.</summary>
    public long Count => checked(PointCount * Seeds.Replicates);

    public abstract long PointCount { get; }

    public abstract bool IsAsync { get; }

    public abstract IReadOnlyList<string> Notes { get; }

    public abstract object SpaceDescription { get; }

    public string Title => $"{Name}:{Version}";

    /// <summary>Computes a run. Costs one look-up in the space, one canonical form and one hash.</summary>
    public PlannedRun At(long index, RunWorkspace workspace)
    {
        long point = Math.DivRem(index, Seeds.Replicates, out long replicate);
        if (workspace.PointIndex != point) Load(point, workspace);
        SeedBundle seed = Seeds.Bundle((int)replicate, Seeds.MixPoint ? Fingerprint.Hex(workspace.PointFingerprint) : null);
        return new PlannedRun
        {
            Index = index,
            Id = Identity.IdOf(workspace.Identity, workspace.Canonical.Json.Written, seed),
            Point = workspace.Point!,
            Seed = seed,
            ParamsFingerprint = workspace.PointFingerprint,
        };
    }

    /// <summary>The id the run would have under another identity; valid directly after <see cref="At"/>.</summary>
    public static UInt128 IdUnder(RunIdentity other, PlannedRun run, RunWorkspace workspace) =>
        other.IdOf(workspace.Identity, workspace.Canonical.Json.Written, run.Seed);

    /// <summary>
    /// Fails the run when its operation has changed its own parameters: what it computed would stand under parameters it did not have. Valid while the
    /// workspace still holds the run's point. Costs nothing for parameters that cannot change.
    /// </summary>
    /// <exception cref="CaptureException">The parameters are no longer those the run was identified by.</exception>
    public void CheckUnchanged(PlannedRun run, RunWorkspace workspace)
    {
        if (PointIsFixed(run.Point) || workspace.Point != run.Point) return;
        var now = new CanonicalWriter(canonical: true, workspace.Canonical.Files);
        WriteCanonical(run.Point, now);
        if (now.Json.Written.SequenceEqual(workspace.Canonical.Json.Written)) return;
        workspace.PointIndex = -1;
        throw new CaptureException("the operation has changed its own parameters (a list, a dictionary or a settable member), so its results would stand under parameters it did not have. Copy them before changing.");
    }

    /// <summary>Whether nothing in the point can be changed: numbers, text, and records of such with read-only members.</summary>
    protected abstract bool PointIsFixed(object point);

    /// <summary>Writes the run's parameters in plain form.</summary>
    public abstract void WriteParams(PlannedRun run, RunWorkspace workspace, JsonBuffer line);

    /// <summary>The columns a space of variables gives to the run's rows.</summary>
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
