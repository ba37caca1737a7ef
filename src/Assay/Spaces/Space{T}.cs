using System.Collections;

namespace Assay;

/// <summary>
/// An ordered set of parameter points, addressed by index. A space computes its points instead of storing them, so its memory does not
/// depend on their number. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// A faulty declaration still creates a space, so that all of its faults are reported at once in <see cref="Faults"/>. <see cref="Count"/>,
/// the indexer, <see cref="Labels"/> and enumeration of a faulty space throw <see cref="InvalidExperimentException"/> with all faults.
/// </remarks>
/// <typeparam name="T">The type of a point: a record, a tuple, a class with settable properties, or a plain value.</typeparam>
public abstract class Space<T> : IEnumerable<T>
{
    private protected Space() { }

    /// <summary>The number of points. Only a filtered space evaluates points to count them, once: see <see cref="Where"/>.</summary>
    /// <exception cref="InvalidExperimentException">The space has faults.</exception>
    public long Count
    {
        get
        {
            if (Faults.Count > 0) throw new InvalidExperimentException($"Space<{TypeName.Of(typeof(T))}>", Faults);
            return PointCount;
        }
    }

    /// <summary>The point at an index. The time depends on the number of axes, not on the number of points.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the range; the message gives the range.</exception>
    /// <exception cref="InvalidExperimentException">The space has faults.</exception>
    /// <exception cref="AssayException">The constructor or factory of the point threw an exception.</exception>
    public T this[long index] => PointAt(Checked(index));

    /// <summary>The faults of the declaration, each with the value, what was expected and the remedy. Empty for a sound space.</summary>
    public virtual IReadOnlyList<string> Faults => [];

    /// <summary>Remarks about valid but surprising declarations, such as a value listed twice on one axis. Empty for most spaces.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>The columns that describe a point besides its parameters: the metadata of its variables. Empty for other spaces.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the range.</exception>
    /// <exception cref="InvalidExperimentException">The space has faults.</exception>
    public IReadOnlyList<KeyValuePair<string, object?>> Labels(long index) => LabelsAt(Checked(index));

    /// <summary>Describes the space as data. A faulty space can be described too.</summary>
    public abstract SpaceDescription Describe();

    /// <summary>
    /// Creates a space of the points that satisfy a condition, in the same order. Its first use evaluates every point once and keeps one
    /// bit per point (1 GB at the limit of 2³³ points); an index is then found by binary search.
    /// </summary>
    /// <param name="predicate">The condition. It must depend on the point alone, because plans are computed again on resume.</param>
    public Space<T> Where(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new FilteredSpace<T>(this, predicate);
    }

    /// <summary>Creates a space of the points of this space and then those of the others. A point of two spaces occurs twice.</summary>
    public Space<T> Union(params Space<T>[] others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return Space.Union([this, .. others]);
    }

    /// <summary>Enumerates all points in order. Each is created when it is reached.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        long count = Count;
        for (long i = 0; i < count; i++) yield return PointAt(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The number of points of a space without faults.</summary>
    private protected abstract long PointCount { get; }

    /// <summary>The point at an index that is in range.</summary>
    private protected abstract T PointAt(long index);

    /// <summary>The labels of the point at an index that is in range.</summary>
    private protected virtual IReadOnlyList<KeyValuePair<string, object?>> LabelsAt(long index) => [];

    /// <summary>The space with other values on one axis; this one, with faults added, if it has no such axis.</summary>
    internal virtual Space<T> WithAxis(AxisTexts axis, ICollection<string> faults)
    {
        faults.Add($"{axis.Place}: the points of this space are not made of axes whose values could be replaced; choose among them with "
            + "--only");
        return this;
    }

    /// <summary>The number of points; null for a space with faults.</summary>
    private protected long? CountIfValid => Faults.Count == 0 ? PointCount : null;

    private long Checked(long index)
    {
        long count = Count;
        if ((ulong)index < (ulong)count) return index;
        throw new ArgumentOutOfRangeException(nameof(index), index,
            count == 0 ? "The space is empty; it has no point at any index." : $"The space has points 0 to {count - 1}.");
    }
}

/// <summary>A description of a space in text and numbers, which can be written as JSON.</summary>
/// <param name="Kind"><c>axes</c>, <c>points</c>, <c>variables</c>, <c>union</c> or <c>filter</c>.</param>
/// <param name="Count">The number of points; null when the space has faults.</param>
/// <param name="Axes">The axes in the order of their declaration; the last varies fastest. Empty for a union or filter.</param>
/// <param name="Parts">The spaces of a union, or the space that a filter selects from. Empty otherwise.</param>
public sealed record SpaceDescription(string Kind, long? Count, IReadOnlyList<AxisDescription> Axes, IReadOnlyList<SpaceDescription> Parts);

/// <summary>One axis of a space: members that advance together.</summary>
/// <param name="Kind"><c>grid</c>, <c>zip</c>, <c>random</c>, <c>halton</c>, <c>variable</c> or <c>points</c>.</param>
/// <param name="Count">The number of values on the axis.</param>
/// <param name="Seed">The seed of a random or scrambled axis; null for others.</param>
/// <param name="Members">The members that the axis sets.</param>
public sealed record AxisDescription(string Kind, long Count, long? Seed, IReadOnlyList<MemberDescription> Members);

/// <summary>The values of one member along an axis.</summary>
/// <param name="Name">The dotted path of the member, or the name of the variable.</param>
/// <param name="Values">The first values, at most 100, as text in the invariant culture; null when they are drawn.</param>
/// <param name="Distribution">The distribution of drawn values, as in <c>LogUniform(0.001, 0.1)</c>; null for listed values.</param>
public sealed record MemberDescription(string Name, IReadOnlyList<string>? Values, string? Distribution)
{
    internal const int MaxValues = 100;

    internal static IReadOnlyList<string> Texts(IEnumerable<object?> values) => [.. values.Take(MaxValues).Select(ValueText.Of)];
}
