namespace Assay;

/// <summary>One list of variables in a product.</summary>
/// <param name="name">The name of the factory parameter that takes the values.</param>
/// <param name="variables">The variables. Null entries are faults.</param>
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
