namespace Assay.Names;

/// <summary>A name that leads to values of runs, the same in conditions, columns, orders and questions.</summary>
internal abstract class RunField(string name)
{
    /// <summary>As it was written.</summary>
    public string Name => name;

    /// <summary>
    /// What the run has there: null when it has nothing, one value as a rule, several when the path goes through every element of a list.
    /// Of what is recorded over time it is the
    /// latest.
    /// </summary>
    public abstract object?[]? Of(RunValues run);

    /// <summary>The one value; null when there is none, a list when there are several.</summary>
    public object? Single(RunValues run) => Of(run) switch { null => null, [var only] => only, var several => several };

    /// <summary>What was recorded there over time, oldest first; a value that is recorded once is one point.</summary>
    public virtual IEnumerable<FieldPoint> Over(RunValues run) =>
        (Of(run) ?? []).Select(value => new FieldPoint(value, null, run.Run.Duration, null, null));

    /// <summary>What <see cref="Of"/> has, with where and when it was recorded as far as that is known.</summary>
    public virtual IEnumerable<FieldPoint> Latest(RunValues run) =>
        (Of(run) ?? []).Select(value => new FieldPoint(value, null, null, null, null));

    /// <summary>The field of this name.</summary>
    /// <exception cref="AssayException">The name cannot be read as a path.</exception>
    public static RunField Parse(string name)
    {
        string trimmed = name.Trim();
        if (BuiltInField.Find(trimmed) is { } builtIn) return builtIn;
        ValuePath path = ValuePath.Parse(trimmed);
        return path.Steps[0].Key is { } key && PlacedField.Places.Contains(key, StringComparer.OrdinalIgnoreCase)
            && (path.Steps.Count > 1 || PlacedField.IsWhole(key))
            ? new PlacedField(trimmed, key.ToLowerInvariant(), path.Skip(1))
            : new BareField(trimmed, path);
    }
}

/// <summary>A value at some time.</summary>
/// <param name="Value">The value.</param>
/// <param name="Step">The step, where there is one.</param>
/// <param name="Time">When, counted from the start of the run; null when that is not known.</param>
/// <param name="Note">What the program said of it.</param>
/// <param name="Place">The line it stands in.</param>
internal sealed record FieldPoint(object? Value, long? Step, TimeSpan? Time, string? Note, LinePlace? Place);
