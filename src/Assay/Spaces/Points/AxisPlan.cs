using System.Collections.Immutable;

namespace Assay;

/// <summary>An axis space with resolved members: the number of points, the faults, and the construction of a point.</summary>
internal sealed class AxisPlan<T>
{
    private readonly List<string> _faults = [];
    private readonly List<string> _notes = [];
    private readonly long[] _lengths;
    private readonly PointPart _root;

    public AxisPlan(object? baseline, ImmutableArray<AxisBlock> blocks)
    {
        var tree = new MemberTree();
        Paths = [.. blocks.Select(block => block.Members
            .Select(member => MemberPath.Find(typeof(T), baseline, member.Name, _faults)).ToImmutableArray())];
        _lengths = [.. blocks.Select((block, axis) => block.Length(Paths[axis]))];
        for (int axis = 0; axis < blocks.Length; axis++) Bind(axis, blocks[axis], tree);
        // A member that was not found would be reported a second time, as a member without a value.
        bool allFound = Paths.All(axis => axis.All(path => path is not null));
        _root = tree.IsEmpty && baseline is not null || !allFound ? _ => baseline
            : new PointBuilder(_faults).Build(typeof(T), baseline, tree, "");
        Count = Product();
        if (blocks.Length > PointBuilder.MaxAxes)
            _faults.Add($"the space has {blocks.Length} axes, expected at most {PointBuilder.MaxAxes}; zip some of them");
    }

    public long Count { get; }
    public IReadOnlyList<string> Faults => _faults;
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The members of each axis; null for those that were not found.</summary>
    public ImmutableArray<ImmutableArray<MemberPath?>> Paths { get; }

    public T Point(long index)
    {
        Span<long> positions = stackalloc long[_lengths.Length];
        for (int axis = positions.Length - 1; axis >= 0; axis--) (index, positions[axis]) = Math.DivRem(index, _lengths[axis]);
        return (T)_root(positions)!;
    }

    private void Bind(int axis, AxisBlock block, MemberTree tree)
    {
        _faults.AddRange(block.Faults(Paths[axis]));
        for (int i = 0; i < block.Members.Length; i++)
        {
            if (Paths[axis][i] is not { } path) continue;
            AxisValues values = block.Members[i].Values;
            Func<long, object?>? valueAt = values.Bind(path, block.Bits(i, path.Text), _faults);
            // A member with a faulty value still has an axis, so that it is not reported as a member without a value.
            PointPart part = valueAt is null ? _ => null : positions => valueAt(positions[axis]);
            if (tree.Add(path, part) is { } conflict) _faults.Add(conflict);
            _notes.AddRange(values.Notes(path));
        }
    }

    private long Product()
    {
        Int128 product = 1;
        foreach (long length in _lengths)
        {
            product *= length;
            if (product <= long.MaxValue) continue;
            _faults.Add($"the axes have {string.Join(" × ", _lengths)} points, expected at most {long.MaxValue}; "
                + "use fewer values, or Random");
            return 0;
        }
        return (long)product;
    }
}
