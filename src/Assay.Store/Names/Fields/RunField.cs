namespace Assay.Names;

/// <summary>A name of values of runs, such as <c>params.lr</c>, the same in all questions. Immutable and thread-safe.</summary>
public abstract class RunField
{
    private protected RunField(string name) => Name = name;

    /// <summary>The name as it was written.</summary>
    public string Name { get; }

    /// <summary>The values of a run: null for none, several through a list; the latest of a value recorded over time.</summary>
    /// <exception cref="AssayException">The name means several values of the run.</exception>
    public abstract object?[]? Of(RunValues run);

    /// <summary>The value of a run: null when it has none, a list when it has several.</summary>
    /// <exception cref="AssayException">The name means several values of the run.</exception>
    public object? Single(RunValues run) => SingleOf(Of(run));

    internal static object? SingleOf(object?[]? values) => values is [var only] ? only : values;

    /// <summary>The names under which a stepped metric may be meant, the likeliest first.</summary>
    internal virtual IReadOnlyList<string> SeriesNames => [Name];

    /// <summary>The path in tracked values that may be meant; null for none.</summary>
    internal virtual ValuePath? TrackedPath => null;

    /// <summary>The column with the field's values in a segment; rows without one there have to be asked. Null for none.</summary>
    internal virtual FieldColumn? Column(RunSegment segment) => null;

    /// <summary>The values that a run recorded over time, oldest first; a value that is recorded once is one point.</summary>
    /// <exception cref="AssayException">The name means several values of the run.</exception>
    public virtual IEnumerable<FieldPoint> Over(RunValues run) =>
        (Of(run) ?? []).Select(value => new FieldPoint(value, null, run.Run.Duration, null, null));

    /// <summary>The values of <see cref="Of"/>, with place and time as far as they are known.</summary>
    /// <exception cref="AssayException">The name means several values of the run.</exception>
    public virtual IEnumerable<FieldPoint> Latest(RunValues run) =>
        (Of(run) ?? []).Select(value => new FieldPoint(value, null, null, null, null));

    /// <summary>The name that means a metric even where a parameter is called the same, such as <c>metrics.loss</c>.</summary>
    /// <param name="metric">The name under which runs recorded it; with dots and spaces it stands in quotes.</param>
    public static string NameOfMetric(string metric) =>
        PlacedField.Spelling("metrics", new ValuePath([new PathStep(metric)]).ToString());

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name: of a built-in value, or a path of members and list elements.</param>
    /// <exception cref="AssayException">The name cannot be read as a path.</exception>
    public static RunField Parse(string name)
    {
        // As the columns of tables are called.
        (string Prefix, string Place)[] columns = [("param_", "params"), ("derived_", PlacedField.DerivedPlace)];
        string trimmed = name.Trim();
        if (BuiltInField.Find(trimmed) is { } builtIn) return builtIn;
        foreach ((string prefix, string place) in columns)
            if (trimmed.Length > prefix.Length && trimmed.StartsWith(prefix, StringComparison.Ordinal))
                return new PlacedField(trimmed, place, ValuePath.Parse(trimmed[prefix.Length..]));

        var path = ValuePath.Parse(trimmed);
        return path.Steps[0].Key is { } key && PlacedField.Places.Contains(key, StringComparer.OrdinalIgnoreCase)
            && (path.Steps.Count > 1 || PlacedField.IsWhole(key))
            ? new PlacedField(trimmed, key.ToLowerInvariant(), path.Skip(1))
            : new BareField(trimmed, path);
    }
}

/// <summary>A value that was recorded at some time. Immutable.</summary>
/// <param name="Value">The value.</param>
/// <param name="Step">The step; null where there is none.</param>
/// <param name="Time">The time since the start of the run; null when it is not known.</param>
/// <param name="Note">The note of the program; null without one.</param>
/// <param name="Place">The line of the value; null when it is not known.</param>
public sealed record FieldPoint(object? Value, long? Step, TimeSpan? Time, string? Note, LinePlace? Place);

/// <summary>Names with commas between them; a comma in brackets belongs to a name.</summary>
public static class FieldList
{
    /// <summary>Reads names.</summary>
    /// <exception cref="AssayException">A name cannot be read.</exception>
    public static IReadOnlyList<RunField> Parse(string names) => [.. Split(names).Select(RunField.Parse)];

    /// <summary>The names as they are written.</summary>
    public static IEnumerable<string> Split(string names)
    {
        int from = 0;
        char? quote = null;
        for (int i = 0; i < names.Length; i++)
        {
            char c = names[i];
            if (quote is not null)
            {
                if (c == '\\') i++;
                else if (c == quote) quote = null;
            }
            else if (c is '"' or '\'')
                quote = c;
            else if (c == ',')
            {
                yield return names[from..i];
                from = i + 1;
            }
        }

        yield return names[from..];
    }
}
