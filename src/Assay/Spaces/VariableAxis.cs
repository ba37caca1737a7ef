namespace Assay;

/// <summary>One list of variables in a product.</summary>
internal abstract class VariableAxis(string name)
{
    /// <summary>The name of the factory's parameter that takes the values.</summary>
    public string Name => name;

    public abstract int Count { get; }

    public abstract IEnumerable<string> Faults { get; }

    public abstract IEnumerable<string> Notes { get; }

    public abstract IReadOnlyList<KeyValuePair<string, object?>> Columns(int position);

    public abstract IReadOnlyList<string> Texts();
}

/// <summary>One list of variables of a known type.</summary>
internal sealed class VariableAxis<T> : VariableAxis
{
    private readonly Variable<T>[] _variables;
    private readonly Lazy<IReadOnlyList<KeyValuePair<string, object?>>[]> _columns;

    public VariableAxis(string name, IEnumerable<Variable<T>> variables) : base(name)
    {
        ArgumentNullException.ThrowIfNull(variables, name);
        _variables = [.. variables];
        _columns = new(() => [.. _variables.Select(variable => NamedValues.Read(variable.Metadata))]);
    }

    public override int Count => _variables.Length;

    public T this[int position] => _variables[position].Value;

    public override IEnumerable<string> Faults
    {
        get
        {
            if (_variables.Length == 0) yield return $"the variables for {Name} are empty; give at least one";
            for (int i = 0; i < _variables.Length; i++)
            {
                if (_variables[i] is null) yield return $"variable {i + 1} for {Name} is null; leave it out";
                else if (Unreadable(_variables[i]) is { } reason) yield return $"variable {i + 1} for {Name}: {reason}";
            }
        }
    }

    public override IEnumerable<string> Notes => Duplicates.Note($"the list of variables for {Name}",
        _variables.Select(variable => variable is null ? null : (object?)variable.Value));

    public override IReadOnlyList<KeyValuePair<string, object?>> Columns(int position) => _columns.Value[position];

    // What the rows will show says more than the value, which often has no text of its own.
    public override IReadOnlyList<string> Texts() => [.. _variables.Take(MemberDescription.MostValues).Select(variable =>
        variable is null ? "null" : variable.Metadata is null || Unreadable(variable) is not null ? ValueText.Of(variable.Value)
            : string.Join(", ", NamedValues.Read(variable.Metadata).Select(column => $"{column.Key}={ValueText.Of(column.Value)}")))];

    private static string? Unreadable(Variable<T> variable)
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
