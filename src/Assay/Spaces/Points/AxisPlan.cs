using System.Collections.Immutable;

namespace Assay;

/// <summary>Limits of a plan, whatever the type of its points.</summary>
internal static class AxisPlan
{
    /// <summary>Positions are kept on the stack.</summary>
    public const int MostAxes = 256;
}

/// <summary>An axis space with its names looked up: how many points, what is wrong with it, and how to make each.</summary>
internal sealed class AxisPlan<T>
{
    private readonly List<string> _faults = [];
    private readonly List<string> _notes = [];
    private readonly long[] _lengths;
    private readonly PointPart _root;

    private AxisPlan(object? baseline, ImmutableArray<AxisBlock> blocks)
    {
        var tree = new MemberTree();
        Paths = [.. blocks.Select(block => block.Members
            .Select(member => MemberPath.Find(typeof(T), baseline, member.Name, _faults)).ToImmutableArray())];
        _lengths = [.. blocks.Select((block, axis) => block.Length([.. Paths[axis].Select(path => path?.Last)]))];
        for (int axis = 0; axis < blocks.Length; axis++) Bind(axis, blocks[axis], tree);
        // Members that were not understood would be reported as missing, too.
        bool understood = Paths.All(axis => axis.All(path => path is not null));
        _root = tree.IsEmpty && baseline is not null || !understood ? new ConstantPart(baseline)
            : new PointBuilder(_faults).Build(typeof(T), baseline, tree, "");
        Count = Product();
        if (blocks.Length > AxisPlan.MostAxes)
            _faults.Add($"the space has {blocks.Length} axes, more than {AxisPlan.MostAxes}; zip some of them");
    }

    public long Count { get; }

    public IReadOnlyList<string> Faults => _faults;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The members of each axis; null for those that were not found.</summary>
    public ImmutableArray<ImmutableArray<MemberPath?>> Paths { get; }

    public static AxisPlan<T> Of(object? baseline, ImmutableArray<AxisBlock> blocks) => new(baseline, blocks);

    /// <summary>The point at an index known to be in range.</summary>
    public T Point(long index)
    {
        Span<long> positions = stackalloc long[_lengths.Length];
        for (int axis = positions.Length - 1; axis >= 0; axis--) (index, positions[axis]) = Math.DivRem(index, _lengths[axis]);
        return (T)_root.Value(positions)!;
    }

    private void Bind(int axis, AxisBlock block, MemberTree tree)
    {
        _faults.AddRange(block.Faults([.. Paths[axis].Select(path => path?.Last)]));
        for (int i = 0; i < block.Members.Length; i++)
        {
            if (Paths[axis][i] is not { } path) continue;
            AxisValues values = block.Members[i].Values;
            Func<long, object?>? at = values.Bind(path, block.Bits(i, path.Text), _faults);
            // With a faulty value the member still counts as set, so that it is not reported as missing.
            if (tree.Add(path, at is null ? new ConstantPart(null) : new AxisPart(axis, at)) is { } conflict) _faults.Add(conflict);
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
            _faults.Add($"the axes have {string.Join(" × ", _lengths)} points, more than {long.MaxValue}, "
                + "the most a plan can number; use fewer values, or Random");
            return 0;
        }
        return (long)product;
    }
}
