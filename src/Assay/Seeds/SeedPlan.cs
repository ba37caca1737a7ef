namespace Assay;

/// <summary>
/// How often each point is run and from which seed: replicate <c>r</c> of every point gets the bundle
/// <c>(Base, r)</c>. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// By default the seeds do not depend on the point: replicate 3 of two points draws the same numbers (common random
/// numbers), so that a difference between the points is not a difference between their random streams.
/// </remarks>
/// <param name="Base">The seed everything is derived from. Any value, negative ones too.</param>
/// <param name="Replicates">Runs per point, at least 1; otherwise an <see cref="AssayException"/>.</param>
/// <param name="MixPoint">Whether the point's fingerprint goes into the seeds, so that points draw different numbers.</param>
public sealed record SeedPlan(long Base, int Replicates, bool MixPoint = false)
{
    /// <summary>Runs per point, at least 1.</summary>
    public int Replicates { get; init => field = Checked(value); } = Checked(Replicates);

    /// <summary>The bundle of one replicate of one point.</summary>
    /// <param name="replicate">From 0 to <see cref="Replicates"/> − 1.</param>
    /// <param name="point">The point's fingerprint. Needed, and used, only when <see cref="MixPoint"/> is on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The replicate is not in the plan.</exception>
    /// <exception cref="AssayException"><see cref="MixPoint"/> is on and the fingerprint is missing.</exception>
    public SeedBundle Bundle(int replicate, string? point = null)
    {
        if ((uint)replicate >= (uint)Replicates)
            throw new ArgumentOutOfRangeException(nameof(replicate), replicate, $"The plan has replicates 0 to {Replicates - 1}.");
        if (!MixPoint) return new SeedBundle(Base, replicate);
        return new SeedBundle(Base, replicate, point ?? throw new AssayException(
            "The seed plan mixes the point into its seeds, but no fingerprint of the point was given; pass it, or leave MixPoint off."));
    }

    private static int Checked(int replicates) => replicates >= 1 ? replicates : throw new AssayException(
        $"{replicates} replicates were asked for; a plan needs at least 1. Leave the number out to run each point once.");
}
