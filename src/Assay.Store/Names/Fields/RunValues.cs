namespace Assay.Names;

/// <summary>A run whose series and tracked values are read once, however many fields are asked for. Not thread-safe.</summary>
public sealed class RunValues(RunRecord run)
{
    private Dictionary<string, IReadOnlyList<SeriesPoint>>? _series;
    private IReadOnlyList<TrackedEntry>? _tracked;
    private IReadOnlyList<string>? _seriesNames;

    /// <summary>The run.</summary>
    public RunRecord Run => run;

    /// <summary>The tracked values, in the order they were recorded.</summary>
    public IReadOnlyList<TrackedEntry> Tracked =>
        _tracked ??= [.. run.Tracked.Select(t => new TrackedEntry(t, JsonObjects.Value(t.Value)))];

    /// <summary>The names of the stepped metrics.</summary>
    public IReadOnlyList<string> SeriesNames => _seriesNames ??= run.SeriesNames;

    internal object?[]? Metric(ValuePath path) => Named(FieldPlace.Metric, path, r => r.Metrics);

    internal object?[]? Param(ValuePath path) => Named(FieldPlace.Param, path, r => r.Params);

    internal object?[]? Label(ValuePath path) => Named(FieldPlace.Label, path, r => r.Labels);

    /// <summary>The points of a stepped metric; null when the run has no such series.</summary>
    public IReadOnlyList<SeriesPoint>? Series(string name)
    {
        if (!SeriesNames.Contains(name, StringComparer.Ordinal)) return null;
        _series ??= new Dictionary<string, IReadOnlyList<SeriesPoint>>(StringComparer.Ordinal);
        if (!_series.TryGetValue(name, out IReadOnlyList<SeriesPoint>? points)) _series.Add(name, points = run.Series(name));
        return points;
    }

    // Columns answer for most names and most runs, without any line being read.
    private object?[]? Named(FieldPlace place, ValuePath path, Func<RunRecord, IReadOnlyDictionary<string, object?>> values) =>
        run.TryCell(place, path, out object? value) switch { true => [value], false => null, _ => Recorded(values(run), path) };

    private object?[]? Recorded(IReadOnlyDictionary<string, object?> values, ValuePath path)
    {
        if (FieldSources.Named(values, path) is { } found) return found;
        string[] alike = path.Steps is [{ Key: { } name }, ..] ? [.. values.Keys.Where(k => PathStep.AreAlike(k, name))] : [];
        return alike is [var one, var other, ..] && !alike.Contains(path.Steps[0].Key, StringComparer.Ordinal)
            ? throw new AssayException($"'{path}' may mean '{one}' or '{other}' of run {run.Id}; expected the exact name.")
            : null;
    }
}

/// <summary>A tracked value. Immutable.</summary>
/// <param name="Source">The value as the run recorded it.</param>
/// <param name="Plain">The value as plain .NET values: long, double, string, bool, null, dictionaries and lists.</param>
public sealed record TrackedEntry(TrackedValue Source, object? Plain)
{
    /// <summary>The member <c>step</c> of the value, as programs that track in a loop have it; null without one.</summary>
    public long? Step => Plain is IReadOnlyDictionary<string, object?> named && named.GetValueOrDefault("step") is long step ? step : null;

    /// <summary>The innermost values, also empty lists and objects, each with its path and its name as a field.</summary>
    public IEnumerable<(string Path, string Name, object? Value)> Leaves() => PlainValue.Leaves(Plain, ValuePath.Root)
        .Select(leaf => (leaf.Path.ToString(), PathSurvey.Tracked(leaf.Path), leaf.Value));
}
