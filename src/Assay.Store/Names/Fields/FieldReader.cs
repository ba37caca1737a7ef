namespace Assay.Names;

/// <summary>A field's values in rows of a catalog: from columns as far as these have them, else from the runs. Not thread-safe.</summary>
internal sealed class FieldReader(RunCatalog catalog, RunField field)
{
    private readonly FieldColumn?[] _columns = new FieldColumn?[catalog.Segments.Count];
    private readonly bool[] _isKnown = new bool[catalog.Segments.Count];

    /// <summary>The column with the field's values in a segment; rows without one may still have one (<see cref="Values"/>).</summary>
    public FieldColumn? Column(int segment)
    {
        if (!_isKnown[segment]) (_isKnown[segment], _columns[segment]) = (true, field.Column(catalog.Segments[segment]));
        return _columns[segment];
    }

    /// <summary>As <see cref="RunField.Of"/>, for a row of a segment.</summary>
    public object?[]? Values(int segment, int row) =>
        Column(segment) is { } column && column.Has(row)
            ? [column[row]]
            : field.Of(new RunValues(catalog.Record(catalog.Bases[segment] + row)));

    public object? Single(int segment, int row) => RunField.SingleOf(Values(segment, row));

    // Columns first: they cost no reading of lines.
    public bool IsAnywhere(int[] rows) => RowSlices.Rows(catalog, rows).Any(r => Column(r.Segment)?.Has(r.Row) == true)
        || RowSlices.Rows(catalog, rows).Any(r => Values(r.Segment, r.Row) is not null);
}

/// <summary>The column of a segment that holds the values at a path.</summary>
/// <param name="Column">
/// Where it has a value, that is the run's. Null when the segment has none, and when columns cannot decide: two names that differ in casing
/// or underscores alone, keys with dots.
/// </param>
/// <param name="IsAlone">Whether a run without a value in the column has nothing at the path.</param>
internal readonly record struct NamedColumn(FieldColumn? Column, bool IsAlone)
{
    /// <summary>Whether the column has exactly the name of the path.</summary>
    public bool IsExact { get; private init; }

    private static readonly NamedColumn Unsure = new(null, IsAlone: false);

    public static NamedColumn Find(RunSegment segment, FieldPlace place, ValuePath path)
    {
        bool isNested = place == FieldPlace.Param, isLong = path.Steps.Count > 1;
        if (path.WholeName is not { } name || (isLong && !path.IsPlain)) return Unsure;
        if (isNested && !isLong && name.AsSpan().IndexOfAny('.', '[') >= 0) return Unsure;
        FieldKey[] all = [.. segment.Fields.Where(f => f.Place == place)];
        // Keys with dots and paths through members may read the same.
        if (isNested && isLong && Array.Exists(all, f => f.Name.Contains("[\"", StringComparison.Ordinal))) return Unsure;
        // Labels and metrics are columns as a whole; one with the name of the first step may hold a value that the path leads into.
        if (!isNested && isLong && Array.Exists(all, f => PathStep.AreAlike(f.Name, path.Steps[0].Key!))) return Unsure;

        string[] StepsOf(string key) => isNested ? key.Split('.', '[') : [key];
        string[] wanted = StepsOf(name);
        FieldKey[] related = [.. all.Where(f => Common(StepsOf(f.Name), wanted) == Math.Min(StepsOf(f.Name).Length, wanted.Length))];
        FieldKey[] same = [.. related.Where(f => StepsOf(f.Name).Length == wanted.Length)];
        FieldKey? key = Array.Find(same, f => f.Name == name);
        if (key is null && same is [var only] && all.All(f => IsSpelledAlike(StepsOf(f.Name), StepsOf(only.Name)))) key = only;
        return key is null
            ? new NamedColumn(null, IsAlone: related.Length == 0)
            : new NamedColumn(segment.Field(key), IsAlone: related.Length == 1) { IsExact = key.Name == name };
    }

    // The number of first steps that mean the same name.
    private static int Common(string[] one, string[] other) => one.Zip(other).TakeWhile(s => PathStep.AreAlike(s.First, s.Second)).Count();

    private static bool IsSpelledAlike(string[] one, string[] other) =>
        one.Take(Common(one, other)).SequenceEqual(other.Take(Common(one, other)));
}
