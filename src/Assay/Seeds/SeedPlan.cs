namespace Assay;

/// <summary>
/// The number of replicates and their seeds: replicate <c>r</c> of every point has the bundle <c>(Base, r)</c>. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// By default the seeds do not depend on the point: replicate 3 of two points draws the same numbers (common random numbers), so that a
/// difference between the points is not a difference between their random streams.
/// </remarks>
/// <param name="Base">The seed that all seeds are derived from. Negative values are allowed.</param>
/// <param name="Replicates">The number of runs per point, at least 1. A smaller number throws an <see cref="AssayException"/>.</param>
/// <param name="MixPoint">Whether the seeds depend on the fingerprint of the point, so that points draw different numbers.</param>
public sealed record SeedPlan(long Base, int Replicates, bool MixPoint = false)
{
    /// <summary>The number of runs per point, at least 1.</summary>
    public int Replicates { get; init => field = Checked(value); } = Checked(Replicates);

    /// <summary>Returns the bundle of one replicate of one point.</summary>
    /// <param name="replicate">From 0 to <see cref="Replicates"/> − 1.</param>
    /// <param name="point">The fingerprint of the point. Required and used only if <see cref="MixPoint"/> is true.</param>
    /// <exception cref="ArgumentOutOfRangeException">The replicate is not in the plan.</exception>
    /// <exception cref="AssayException"><see cref="MixPoint"/> is true and the fingerprint is missing.</exception>
    public SeedBundle Bundle(int replicate, string? point = null)
    {
        if ((uint)replicate >= (uint)Replicates)
            throw new ArgumentOutOfRangeException(nameof(replicate), replicate, $"The plan has replicates 0 to {Replicates - 1}.");
        if (!MixPoint) return new SeedBundle(Base, replicate);
        return new SeedBundle(Base, replicate, point ?? throw new AssayException(
            "The seed plan has MixPoint, but no fingerprint of the point was given; pass the fingerprint, or set MixPoint to false."));
    }

    private static int Checked(int replicates) => replicates >= 1 ? replicates : throw new AssayException(
        $"The seed plan has {replicates} replicates, expected at least 1. Leave the number out to run each point once.");
}
