using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Assay;

/// <summary>
/// A point of type <typeparamref name="T"/> for every combination of its axes. The order is axis by axis as declared, the
/// last one fastest. Every method returns a new space; none changes this one.
/// </summary>
/// <remarks>
/// <para>A point is built through the public constructor with the most parameters that all match members by name (in any
/// casing), then through settable or init-only members. A member without an axis takes its value from the baseline, else
/// from the parameter's default, else from its own initialiser; without any of these it is a fault.</para>
/// <para>A member is named by expression, <c>p =&gt; p.Optimizer.LearningRate</c>, or by dotted path,
/// <c>"optimizer.learning_rate"</c>, in any casing and with or without underscores. An object on the way to a named member
/// is built anew for each point; its other members come from the baseline, too.</para>
/// <para>A value is taken when it has the member's type or converts to it without loss: 8 and 8.0 for an <c>int</c>, "Adam" for
/// an enum, but not "8" or 8.5. Anything else is in <see cref="Space{T}.Faults"/>.</para>
/// </remarks>
public sealed partial class AxisSpace<T> : Space<T>
{
    private readonly T? _baseline;
    private readonly bool _hasBaseline;
    private readonly ImmutableArray<AxisBlock> _blocks;
    private readonly Lazy<AxisPlan<T>> _plan;

    internal AxisSpace(T? baseline, bool hasBaseline, ImmutableArray<AxisBlock> blocks)
    {
        (_baseline, _hasBaseline, _blocks) = (baseline, hasBaseline, blocks);
        _plan = new Lazy<AxisPlan<T>>(() => AxisPlan<T>.Of(_hasBaseline ? _baseline : null, _blocks));
    }

    /// <inheritdoc/>
    public override long Count
    {
        get
        {
            ThrowIfFaulty();
            return _plan.Value.Count;
        }
    }

    /// <inheritdoc/>
    public override T this[long index]
    {
        get
        {
            long count = Count;
            return (ulong)index < (ulong)count ? _plan.Value.Point(index) : throw OutOfRange(index, count);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Faults => _plan.Value.Faults;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes => _plan.Value.Notes;

    /// <inheritdoc/>
    public override SpaceDescription Describe() =>
        new("axes", Faults.Count == 0 ? Count : null, [.. _blocks.Select((block, axis) => block.Describe(_plan.Value.Paths[axis]))], []);

    /// <summary>Adds an axis of listed values for one member.</summary>
    /// <param name="member">The member, as in <c>p =&gt; p.LearningRate</c>.</param>
    /// <param name="values">Its values, in order, read once, now. None is a fault; one listed twice is noted.</param>
    public AxisSpace<T> Grid<TValue>(Expression<Func<T, TValue>> member, params IEnumerable<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(values);
        return Add(AxisBlock.Grid(MemberName.Of(member), ListedValues.Of(values)));
    }

    /// <summary>Adds an axis of listed values for the member at a dotted path.</summary>
    /// <param name="path">The path, as in <c>"optimizer.learning_rate"</c>.</param>
    /// <param name="values">
    /// Its values, in order. A single sequence (an array or list, not a text) stands for its items, unless the member itself
    /// holds such a sequence.
    /// </param>
    public AxisSpace<T> Grid(string path, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Add(AxisBlock.Grid(MemberName.Of(path), ListedValues.Of(values ?? [null], mayBeOneSequence: true)));
    }

    /// <summary>Adds a block of random samples: members drawn together, <paramref name="samples"/> times.</summary>
    /// <remarks>
    /// What member <c>m</c> gets in sample <c>j</c> depends on the seed, the path of <c>m</c> and <c>j</c> alone: more samples keep
    /// the earlier ones, another member leaves the others unchanged. The same on every platform.
    /// </remarks>
    /// <param name="samples">Number of samples. 0 is a fault of the space.</param>
    /// <param name="seed">The seed of the samples; has nothing to do with the seeds of the runs.</param>
    /// <param name="draws">Names the members and their distributions: <c>d =&gt; d.LogUniform(p =&gt; p.LearningRate, 1e-5, 1e-1)</c>.</param>
    /// <exception cref="AssayException">Negative samples, or a distribution with impossible parameters.</exception>
    public AxisSpace<T> Random(int samples, long seed, Func<Draws<T>, Draws<T>> draws)
    {
        return Add(AxisBlock.Random(samples, seed, Drawn(draws)));
    }

    /// <summary>
    /// Adds a block of quasi-random samples that fill the space of the drawn members more evenly than chance does: the
    /// Halton sequence, its bases the primes 2, 3, 5 … in the order of the members.
    /// </summary>
    /// <remarks>
    /// More samples keep the earlier ones, and a member added last leaves the others unchanged. Sample <c>j</c> is element <c>j + 1</c>
    /// (the first element, all zeros, is left out); there is no leap. From about the eighth member on an unscrambled sequence shows
    /// stripes between neighbouring members; give a seed then.
    /// </remarks>
    /// <param name="samples">Number of samples. 0 is a fault of the space.</param>
    /// <param name="draws">Names the members and their distributions, at most 300.</param>
    /// <param name="seed">0 for the plain sequence; any other value permutes the digits of every member at random, place by place.</param>
    /// <exception cref="AssayException">Negative samples, too many members, or a distribution with impossible parameters.</exception>
    public AxisSpace<T> Halton(int samples, Func<Draws<T>, Draws<T>> draws, long seed = 0)
    {
        return Add(AxisBlock.Halton(samples, seed, Drawn(draws)));
    }

    private static ImmutableArray<AxisMember> Drawn(Func<Draws<T>, Draws<T>> draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        return draws(new Draws<T>([]))?.Members ?? throw new ArgumentException(
            "The function returned null; return the draws it was given, with members added.", nameof(draws));
    }

    private AxisSpace<T> Add(AxisBlock block) => new(_baseline, _hasBaseline, _blocks.Add(block));
}
