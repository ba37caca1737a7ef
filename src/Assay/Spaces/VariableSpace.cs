namespace Assay;

/// <summary>Builds a point from one position per variable list.</summary>
internal delegate TPoint PointFactory<out TPoint>(ReadOnlySpan<int> positions);

/// <summary>The cartesian product of lists of variables, the last list fastest.</summary>
internal sealed class VariableSpace<TPoint> : Space<TPoint>
{
    private readonly IReadOnlyList<VariableAxis> _axes;
    private readonly PointFactory<TPoint> _factory;
    private readonly Lazy<IReadOnlyList<string>> _faults;
    private readonly long _count;

    public VariableSpace(IReadOnlyList<VariableAxis> axes, PointFactory<TPoint> factory)
    {
        (_axes, _factory) = (axes, factory);
        var exact = axes.Aggregate((UInt128)1, (product, axis) => product > long.MaxValue ? product : product * (uint)axis.Count);
        _count = exact > long.MaxValue ? -1 : (long)exact;
        _faults = new Lazy<IReadOnlyList<string>>(FindFaults);
    }

    public override IReadOnlyList<string> Faults => _faults.Value;

    public override IReadOnlyList<string> Notes => [.. _axes.SelectMany(axis => axis.Notes)];

    public override long Count
    {
        get
        {
            ThrowIfFaulty();
            return _count;
        }
    }

    public override TPoint this[long index]
    {
        get
        {
            Span<int> positions = stackalloc int[_axes.Count];
            Locate(index, positions);
            try
            {
                return _factory(positions);
            }
            catch (Exception e) when (e is not AssayException) // The factory is the user's code.
            {
                throw new AssayException($"Point {index} could not be made: the factory threw {e.GetType().Name}: {Foreign.Sentence(e)}", e);
            }
        }
    }

    public override IReadOnlyList<KeyValuePair<string, object?>> Labels(long index)
    {
        Span<int> positions = stackalloc int[_axes.Count];
        Locate(index, positions);
        var columns = new IReadOnlyList<KeyValuePair<string, object?>>[positions.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = _axes[i].Columns(positions[i]);
        return Assay.NamedValues.Merge(columns);
    }

    public override SpaceDescription Describe() => new("variables", Faults.Count == 0 ? _count : null,
        [.. _axes.Select(axis =>
            new AxisDescription("variable", axis.Count, null, [new MemberDescription(axis.Name, axis.Texts(), null)]))], []);

    private void Locate(long index, Span<int> positions)
    {
        long count = Count;
        if ((ulong)index >= (ulong)count) throw OutOfRange(index, count);
        for (int i = positions.Length - 1; i >= 0; i--) (index, positions[i]) = (index / _axes[i].Count, (int)(index % _axes[i].Count));
    }

    private List<string> FindFaults()
    {
        List<string> faults = [.. _axes.SelectMany(axis => axis.Faults)];
        if (faults.Count == 0 && _count < 0)
            faults.Add($"the product has more than {long.MaxValue} points, the most a plan can number; give fewer variables");
        return faults;
    }
}
