namespace Assay;

/// <summary>The cartesian product of lists of variables. The last list varies fastest.</summary>
internal sealed class VariableSpace<TPoint>(IReadOnlyList<VariableAxis> axes, Func<object?[], TPoint> factory) : Space<TPoint>
{
    // Null if there are more points than an index can address.
    private readonly long? _count = Product(axes);
    private IReadOnlyList<string>? _faults;

    public override IReadOnlyList<string> Faults => _faults ??= FindFaults();
    public override IReadOnlyList<string> Notes => [.. axes.SelectMany(axis => axis.Notes)];
    private protected override long PointCount => _count!.Value;

    private protected override TPoint PointAt(long index)
    {
        int[] positions = Positions(index);
        try
        {
            return factory([.. axes.Select((axis, i) => axis.Value(positions[i]))]);
        }
        catch (Exception e) when (e is not AssayException) // The factory is the user's code.
        {
            throw new AssayException(
                $"Point {index} could not be created: the factory threw {e.GetType().Name}: {ExceptionText.Sentence(e)}", e);
        }
    }

    private protected override IReadOnlyList<KeyValuePair<string, object?>> LabelsAt(long index)
    {
        int[] positions = Positions(index);
        return NamedValues.Merge(axes.Select((axis, i) => axis.Columns(positions[i])));
    }

    public override SpaceDescription Describe() => new("variables", CountIfValid, [.. axes.Select(axis => axis.Describe())], []);

    private int[] Positions(long index)
    {
        int[] positions = new int[axes.Count];
        for (int i = positions.Length - 1; i >= 0; i--) (index, positions[i]) = (index / axes[i].Count, (int)(index % axes[i].Count));
        return positions;
    }

    private static long? Product(IReadOnlyList<VariableAxis> axes)
    {
        UInt128 product = 1;
        foreach (VariableAxis axis in axes)
        {
            product *= (uint)axis.Count;
            if (product > long.MaxValue) return null;
        }
        return (long)product;
    }

    private List<string> FindFaults()
    {
        List<string> faults = [.. axes.SelectMany(axis => axis.Faults)];
        if (faults.Count == 0 && _count is null)
            faults.Add($"the product has more than {long.MaxValue} points, the largest number supported; give fewer variables");
        return faults;
    }
}

/// <summary>One list of variables in a product.</summary>
internal sealed class VariableAxis(string name, IReadOnlyList<Variable<object?>?> variables)
{
    private readonly Lazy<IReadOnlyList<KeyValuePair<string, object?>>[]> _columns =
        new(() => [.. variables.Select(variable => NamedValues.Read(variable?.Metadata))]);

    public int Count => variables.Count;

    public IEnumerable<string> Faults
    {
        get
        {
            if (variables.Count == 0) yield return $"the variables for {name} are empty; give at least one";
            for (int i = 0; i < variables.Count; i++)
            {
                if (variables[i] is not { } variable) yield return $"variable {i + 1} for {name} is null; leave it out";
                else if (MetadataFault(variable) is { } fault) yield return $"variable {i + 1} for {name}: {fault}";
            }
        }
    }

    public IEnumerable<string> Notes => Duplicates.Note($"the list of variables for {name}", variables.Select(variable => variable?.Value));

    public object? Value(int position) => variables[position]!.Value;

    public IReadOnlyList<KeyValuePair<string, object?>> Columns(int position) => _columns.Value[position];

    public AxisDescription Describe() => new("variable", Count, Seed: null,
        [new MemberDescription(name, [.. variables.Take(MemberDescription.MaxValues).Select(Text)], Distribution: null)]);

    // The columns describe the value better than its own text does, which is often the name of its type.
    private static string Text(Variable<object?>? variable) =>
        variable?.Metadata is null || MetadataFault(variable) is not null ? ValueText.Of(variable?.Value)
            : string.Join(", ", NamedValues.Read(variable.Metadata).Select(column => $"{column.Key}={ValueText.Of(column.Value)}"));

    private static string? MetadataFault(Variable<object?> variable)
    {
        try
        {
            NamedValues.Read(variable.Metadata);
            return null;
        }
        catch (AssayException e)
        {
            return e.Message;
        }
    }
}
