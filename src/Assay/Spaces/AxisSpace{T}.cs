using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Assay;

/// <summary>
/// A space with one point of type <typeparamref name="T"/> for every combination of its axes. The axes have the order of their declaration;
/// the last one varies fastest. Immutable; every method returns a new space.
/// </summary>
/// <remarks>
/// <para>A point is created with the public constructor that has the most parameters, all of which must match members by name
/// (in any casing). Settable and init-only members are then assigned. A member without an axis takes its value from the baseline,
/// or the default of its parameter, or its own initialiser; a member without any of these is a fault.</para>
/// <para>A member is given as an expression, <c>p =&gt; p.Optimizer.LearningRate</c>, or as a dotted path,
/// <c>"optimizer.learning_rate"</c>, in any casing and with or without underscores. An object that contains such a member is
/// created anew for each point; its other members come from the baseline.</para>
/// <para>A value is accepted if it has the type of the member or converts to it without loss: 8 and 8.0 for an <c>int</c>, "Adam"
/// for an enum, but not "8" or 8.5. Other values are reported in <see cref="Space{T}.Faults"/>.</para>
/// </remarks>
public sealed class AxisSpace<T> : Space<T>
{
    private readonly T? _baseline;
    private readonly bool _hasBaseline;
    private readonly ImmutableArray<AxisBlock> _blocks;
    private readonly Lazy<AxisPlan<T>> _plan;

    internal AxisSpace(T? baseline, bool hasBaseline, ImmutableArray<AxisBlock> blocks)
    {
        (_baseline, _hasBaseline, _blocks) = (baseline, hasBaseline, blocks);
        _plan = new Lazy<AxisPlan<T>>(() => new AxisPlan<T>(_hasBaseline ? _baseline : null, _blocks));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Faults => _plan.Value.Faults;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes => _plan.Value.Notes;

    /// <inheritdoc/>
    public override SpaceDescription Describe() =>
        new("axes", CountIfValid, [.. _blocks.Select((block, axis) => block.Describe(_plan.Value.Paths[axis]))], []);

    private protected override long PointCount => _plan.Value.Count;

    private protected override T PointAt(long index) => _plan.Value.Point(index);

    /// <summary>Adds an axis of listed values for one member.</summary>
    /// <param name="member">The member, as in <c>p =&gt; p.LearningRate</c>.</param>
    /// <param name="values">The values, in order. The sequence is read once, by this call. An empty list is a fault; a repeated value gives
    /// a note.</param>
    public AxisSpace<T> Grid<TValue>(Expression<Func<T, TValue>> member, params IEnumerable<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(values);
        return Add(AxisBlock.Grid(MemberName.Of(member), ListedValues.Of(values)));
    }

    /// <summary>Adds an axis of listed values for the member at a dotted path.</summary>
    /// <param name="path">The path, as in <c>"optimizer.learning_rate"</c>.</param>
    /// <param name="values">The values, in order. A single sequence (an array or list, not a string) stands for its items, unless the type
    /// of the member is such a sequence.</param>
    public AxisSpace<T> Grid(string path, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Add(AxisBlock.Grid(MemberName.Of(path), ListedValues.Of(values ?? [null], mayBeOneSequence: true)));
    }

    /// <summary>Adds one axis along which several members advance together.</summary>
    /// <param name="axes">Adds the members and their values:
    /// <c>z =&gt; z.Values(p =&gt; p.Model, "small", "large").Values(p =&gt; p.Epochs, 10, 3)</c>. Lists of different lengths are a fault
    /// of the space.</param>
    public AxisSpace<T> Zip(Func<ZipAxes<T>, ZipAxes<T>> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return Add(AxisBlock.Zip(axes(new ZipAxes<T>([])).Members));
    }

    /// <summary>Adds an axis of rows: <c>Zip(p =&gt; p.Model, p =&gt; p.Epochs, ("small", 10), ("large", 3))</c>.</summary>
    /// <param name="first">The first member.</param>
    /// <param name="second">The second member.</param>
    /// <param name="rows">Their values, in order.</param>
    public AxisSpace<T> Zip<T1, T2>(Expression<Func<T, T1>> first, Expression<Func<T, T2>> second, params IEnumerable<(T1, T2)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (T1, T2)[] all = [.. rows];
        return Zip(z => z.Values(first, all.Select(row => row.Item1)).Values(second, all.Select(row => row.Item2)));
    }

    /// <summary>Adds one axis along which three members advance together, row by row.</summary>
    /// <param name="first">The first member.</param>
    /// <param name="second">The second member.</param>
    /// <param name="third">The third member.</param>
    /// <param name="rows">Their values, in order.</param>
    public AxisSpace<T> Zip<T1, T2, T3>(
        Expression<Func<T, T1>> first, Expression<Func<T, T2>> second, Expression<Func<T, T3>> third, params IEnumerable<(T1, T2, T3)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (T1, T2, T3)[] all = [.. rows];
        return Zip(z => z.Values(first, all.Select(row => row.Item1)).Values(second, all.Select(row => row.Item2))
            .Values(third, all.Select(row => row.Item3)));
    }

    /// <summary>Adds one axis of random samples. Each sample draws a value for every member.</summary>
    /// <remarks>
    /// The value of a member in sample <c>j</c> depends only on the seed, the path of the member and <c>j</c>, on every platform.
    /// Additional samples keep the earlier ones, and an additional member does not change the other members.
    /// </remarks>
    /// <param name="samples">The number of samples. 0 is a fault of the space.</param>
    /// <param name="seed">The seed of the samples. It is independent of the seeds of the runs.</param>
    /// <param name="draws">Adds the members and their distributions:
    /// <c>d =&gt; d.LogUniform(p =&gt; p.LearningRate, 1e-5, 1e-1)</c>.</param>
    /// <exception cref="AssayException">The number of samples is negative, or a distribution has invalid parameters.</exception>
    public AxisSpace<T> Random(int samples, long seed, Func<Draws<T>, Draws<T>> draws) =>
        Add(AxisBlock.Random(samples, seed, MembersOf(draws)));

    /// <summary>
    /// Adds one axis of quasi-random samples, which cover the space of the drawn members more evenly than random samples do. They are the
    /// elements of the Halton sequence with the bases 2, 3, 5 …, one prime per member in the order of the members.
    /// </summary>
    /// <remarks>
    /// Additional samples keep the earlier ones, and a member added last does not change the other members. Sample <c>j</c> is element
    /// <c>j + 1</c> of the sequence, because element 0 is zero in all members; no element is skipped. From about the eighth member on,
    /// neighbouring members of an unscrambled sequence are correlated; use a seed in that case.
    /// </remarks>
    /// <param name="samples">The number of samples. 0 is a fault of the space.</param>
    /// <param name="draws">Adds the members and their distributions, at most 300.</param>
    /// <param name="seed">0 for the plain sequence. Any other value permutes the digits of every member at random, per digit place.</param>
    /// <exception cref="AssayException">The number of samples is negative, there are more than 300 members, or a distribution has invalid
    /// parameters.</exception>
    public AxisSpace<T> Halton(int samples, Func<Draws<T>, Draws<T>> draws, long seed = 0) =>
        Add(AxisBlock.Halton(samples, seed, MembersOf(draws)));

    /// <summary>A member without an axis gets one, which varies fastest.</summary>
    internal override Space<T> WithAxis(AxisTexts axis, ICollection<string> faults)
    {
        MemberName name = MemberName.Of(axis.Name);
        if (AxisPath(axis, name, faults) is not { } path) return this;
        if (axis.Values(path.Last.Type, path.Last.AllowsNull, faults) is not { } values) return this;
        var block = AxisBlock.Grid(name, ListedValues.Of(values));
        int at = _plan.Value.Paths.ToList().FindIndex(paths => paths.Any(p => p?.Text == path.Text));
        if (at < 0) return Add(block);
        if (_blocks[at].Members.Length == 1) return new AxisSpace<T>(_baseline, _hasBaseline, _blocks.SetItem(at, block));
        faults.Add($"{axis.Place}: it advances together with other members on one axis ({_blocks[at].Kind}: "
            + $"{string.Join(", ", _plan.Value.Paths[at].Select(p => p?.Text))}), so its values cannot be replaced; choose among the "
            + "points with --only");
        return this;
    }

    private MemberPath? AxisPath(AxisTexts axis, MemberName name, ICollection<string> faults)
    {
        var found = new List<string>();
        MemberPath? path = MemberPath.Find(typeof(T), _hasBaseline ? _baseline : null, name, found);
        foreach (string fault in found) faults.Add($"{axis.Option}: {fault}");
        return path;
    }

    private static ImmutableArray<AxisMember> MembersOf(Func<Draws<T>, Draws<T>> draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        return draws(new Draws<T>([]))?.Members ?? throw new ArgumentException(
            "The function returned null; return its argument with members added.", nameof(draws));
    }

    private AxisSpace<T> Add(AxisBlock block) => new(_baseline, _hasBaseline, _blocks.Add(block));
}

/// <summary>The members of one zipped axis. Immutable; every method returns a new list.</summary>
public sealed class ZipAxes<T>
{
    internal ZipAxes(ImmutableArray<AxisMember> members) => Members = members;

    internal ImmutableArray<AxisMember> Members { get; }

    /// <summary>Adds a member and its values, one per step of the axis.</summary>
    /// <param name="member">The member, as in <c>p =&gt; p.LearningRate</c>.</param>
    /// <param name="values">The values, in order. All members of the axis have the same number of values.</param>
    public ZipAxes<T> Values<TValue>(Expression<Func<T, TValue>> member, params IEnumerable<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(values);
        return new(Members.Add(new AxisMember(MemberName.Of(member), ListedValues.Of(values))));
    }

    /// <summary>Adds the member at a dotted path and its values, one per step of the axis.</summary>
    /// <param name="path">The path, as in <c>"optimizer.learning_rate"</c>.</param>
    /// <param name="values">The values, in order, or a single sequence of values.</param>
    public ZipAxes<T> Values(string path, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(Members.Add(new AxisMember(MemberName.Of(path), ListedValues.Of(values ?? [null], mayBeOneSequence: true))));
    }
}
