using System.Collections;

namespace Assay;

/// <summary>
/// An ordered set of parameter points, each reached by its index. A space computes its points instead of holding them: a
/// billion combinations cost nothing until one is asked for. Immutable and safe to read from any number of threads.
/// </summary>
/// <remarks>
/// A space that is declared wrongly still exists, so that every fault can be reported at once: look at
/// <see cref="Faults"/> first. <see cref="Count"/>, the indexer and enumeration of a faulty space throw
/// <see cref="InvalidExperimentException"/> with all of them.
/// </remarks>
/// <typeparam name="T">The type of a point: a record, a tuple, a class with settable properties, or a plain value.</typeparam>
public abstract class Space<T> : IEnumerable<T>
{
    private protected Space() { }

    /// <summary>Number of points, known without making one. Only a filtered space counts, once: see <see cref="Where"/>.</summary>
    /// <exception cref="InvalidExperimentException">The space has faults.</exception>
    public abstract long Count { get; }

    /// <summary>The point at an index. Takes time in proportion to the number of axes, not of points.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such index; the message gives the range.</exception>
    /// <exception cref="InvalidExperimentException">The space has faults.</exception>
    /// <exception cref="AssayException">The point's own constructor or factory refused the values.</exception>
    public abstract T this[long index] { get; }

    /// <summary>
    /// Everything wrong with the declaration, found without running anything: value, expectation and remedy each. Empty
    /// when the space can be used.
    /// </summary>
    public virtual IReadOnlyList<string> Faults => [];

    /// <summary>What is allowed but may surprise, such as a value listed twice on one axis. Empty for most spaces.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>The columns that describe a point besides its parameters: the metadata of its variables. Empty for other spaces.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public virtual IReadOnlyList<KeyValuePair<string, object?>> Labels(long index) => [];

    /// <summary>What the space consists of, as data. Works for a faulty space too.</summary>
    public abstract SpaceDescription Describe();

    /// <summary>
    /// The points that satisfy a condition, in the same order. The first use of the result looks at every point once and
    /// remembers one bit for each (1 GB for 8·10⁹ points, the most it takes); after that an index costs a short search.
    /// </summary>
    /// <param name="predicate">The condition. Must depend on the point alone: plans are computed again on resume.</param>
    public Space<T> Where(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new FilteredSpace<T>(this, predicate);
    }

    /// <summary>The points of this space, then those of the others, in order. A point in two of them stays twice.</summary>
    public Space<T> Union(params Space<T>[] others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return Space.Union([this, .. others]);
    }

    /// <summary>All points in order, each made when it is reached.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        long count = Count;
        for (long i = 0; i < count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected void ThrowIfFaulty()
    {
        if (Faults.Count > 0) throw new InvalidExperimentException($"Space<{TypeName.Of(typeof(T))}>", Faults);
    }

    private protected static ArgumentOutOfRangeException OutOfRange(long index, long count) => new(nameof(index), index,
        count == 0 ? "The space is empty: it has no point at any index." : $"The space has points 0 to {count - 1}.");
}
