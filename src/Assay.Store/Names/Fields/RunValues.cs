namespace Assay.Names;

/// <summary>A run with what has been read of it so far: a condition may ask for the same series or tracked values several times.</summary>
internal sealed class RunValues(RunRecord run)
{
    private readonly Dictionary<string, IReadOnlyList<SeriesPoint>> _series = new(StringComparer.Ordinal);
    private IReadOnlyList<TrackedEntry>? _tracked;
    private IReadOnlyList<string>? _seriesNames;

    public RunRecord Run => run;

    public IReadOnlyList<TrackedEntry> Tracked =>
        _tracked ??= [.. run.Tracked.Select(t => new TrackedEntry(t, JsonObjects.Value(t.Value)))];

    public IReadOnlyList<string> SeriesNames => _seriesNames ??= run.SeriesNames;

    public object?[]? Metric(ValuePath path) => Named(FieldPlace.Metric, path, r => r.Metrics);

    public object?[]? Param(ValuePath path) => Named(FieldPlace.Param, path, r => r.Params);

    public object?[]? Label(ValuePath path) => Named(FieldPlace.Label, path, r => r.Labels);

    /// <summary>Null when the run has no such series.</summary>
    public IReadOnlyList<SeriesPoint>? Series(string name)
    {
        if (!SeriesNames.Contains(name, StringComparer.Ordinal)) return null;
        if (!_series.TryGetValue(name, out IReadOnlyList<SeriesPoint>? points)) _series.Add(name, points = run.Series(name));
        return points;
    }

    // Columns answer for most names and most runs, without any line being read.
    private object?[]? Named(FieldPlace place, ValuePath path, Func<RunRecord, IReadOnlyDictionary<string, object?>> values)
    {
        object? value = null;
        bool? has = path switch
        {
            { WholeName: null } => null,
            { Steps: [{ Key: { } name }] } => run.TryCell(place, name, out value),
            { WholeName: { } name, IsPlain: true } => run.TryCellPath(place, name, out value),
            _ => null,
        };
        return has switch { true => [value], false => null, _ => FieldSources.Named(values(run), path) };
    }
}

/// <summary>A tracked value as the run recorded it, and in plain form.</summary>
internal sealed record TrackedEntry(TrackedValue Source, object? Plain)
{
    /// <summary>The step the value itself names, as programs that track in a loop do; null without one.</summary>
    public long? Step => Plain is IReadOnlyDictionary<string, object?> named && named.GetValueOrDefault("step") is long step ? step : null;
}
