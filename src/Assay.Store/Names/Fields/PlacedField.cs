namespace Assay.Names;

/// <summary>A name that begins with the place of its value: <c>params.lr</c>, <c>metrics.accuracy</c>, <c>tracked.loss</c>.</summary>
internal sealed class PlacedField(string name, string place, ValuePath path) : RunField(name)
{
    public const string TrackedPlace = "tracked", DerivedPlace = "derived";

    public static IReadOnlyList<string> Places { get; } = [
        "metrics", "params", "labels", "series", DerivedPlace, "metadata", TrackedPlace, "git", "fingerprints"];

    /// <summary>A path with its place before it.</summary>
    public static string Spelling(string place, string path) => path[0] == '[' ? place + path : $"{place}.{path}";

    /// <summary>Whether the place alone is a value.</summary>
    public static bool IsWhole(string place) => string.Equals(place, TrackedPlace, StringComparison.OrdinalIgnoreCase);

    public static string WordOf(FieldPlace place) => place switch
    {
        FieldPlace.Param => "params",
        FieldPlace.Label => "labels",
        _ => "metrics",
    };

    // A metric may be called metrics.acc, and a program is free to track {"metrics": {"acc": …}}: then metrics.acc means that.
    private BareField? Inside => place == TrackedPlace ? null : new BareField(Name, ValuePath.Parse(Name));

    internal override IReadOnlyList<string> SeriesNames =>
        place is "metrics" or "series" ? [.. new[] { path.WholeName, Name }.OfType<string>()] : [Name];

    internal override ValuePath? TrackedPath => place == TrackedPlace ? path : Inside!.TrackedPath;

    internal override FieldColumn? Column(RunSegment segment) => place switch
    {
        "params" => NamedColumn.Find(segment, FieldPlace.Param, path).Column,
        "labels" => NamedColumn.Find(segment, FieldPlace.Label, path).Column,
        "metrics" => NamedColumn.Find(segment, FieldPlace.Metric, path).Column,
        _ => null,
    };

    public override object?[]? Of(RunValues run) => In(run) ?? Inside?.Of(run);

    public override IEnumerable<FieldPoint> Latest(RunValues run) => place switch
    {
        TrackedPlace => FieldSources.LatestTracked(run, path),
        _ when In(run) is not null => base.Latest(run),
        _ => Inside?.Latest(run) ?? [],
    };

    public override IEnumerable<FieldPoint> Over(RunValues run) => place switch
    {
        TrackedPlace => FieldSources.TrackedOver(run, path),
        "metrics" or "series" when FieldSources.SeriesOver(run, path) is { } points => points,
        _ when In(run) is not null => base.Over(run),
        _ => Inside?.Over(run) ?? [],
    };

    private object?[]? In(RunValues run) => place switch
    {
        "metrics" => run.Metric(path) ?? FieldSources.LastOfSeries(run, path),
        "params" => run.Param(path),
        "labels" => run.Label(path),
        DerivedPlace => FieldSources.Named(run.Run.Derived, path),
        "metadata" => FieldSources.Named(run.Run.Metadata, path),
        "git" => FieldSources.Named(run.Run.Git, path),
        "fingerprints" => FieldSources.Named(run.Run.Fingerprints, path),
        "series" => FieldSources.LastOfSeries(run, path),
        _ => FieldSources.LastTracked(run, path),
    };
}

/// <summary>
/// A name alone: a metric, a parameter or a label; else a series, a fact of the metadata or a path in tracked values, whichever the run has
/// first in this order. A name that is a metric and also a parameter or label of one run is refused; so is one that is a parameter and a
/// series, where its course is asked for. Of two that differ in casing or underscores alone, the one that is spelled alike is meant.
/// </summary>
internal sealed class BareField(string name, ValuePath path) : RunField(name)
{
    private static readonly FieldPlace[] Places = [FieldPlace.Param, FieldPlace.Label, FieldPlace.Metric];

    internal override IReadOnlyList<string> SeriesNames => path.WholeName is { } name ? [name] : [];

    internal override ValuePath? TrackedPath => path;

    public override object?[]? Of(RunValues run) => Apart(run) ?? FieldSources.LastTracked(run, path);

    internal override FieldColumn? Column(RunSegment segment)
    {
        NamedColumn[] columns =
            [.. Places.Select(place => NamedColumn.Find(segment, place, path)).Where(c => c.Column is not null || !c.IsAlone)];
        if (columns is [var only]) return only.Column;
        // Where columns decide of every place, the exact name wins, as in a run.
        return Array.TrueForAll(columns, c => c.Column is not null) && columns.Where(c => c.IsExact).ToArray() is [var exact]
            ? exact.Column : null;
    }

    public override IEnumerable<FieldPoint> Latest(RunValues run) =>
        Apart(run) is null ? FieldSources.LatestTracked(run, path) : base.Latest(run);

    public override IEnumerable<FieldPoint> Over(RunValues run)
    {
        if (FieldSources.SeriesOver(run, path) is not { } points)
            return Apart(run) is null ? FieldSources.TrackedOver(run, path) : base.Over(run);
        return Given(run) is null || !IsGivenExactly(run) ? points : throw Ambiguous(run, "series", run.SeriesNames);
    }

    // A value that is not tracked.
    private object?[]? Apart(RunValues run) =>
        MetricOrGiven(run) ?? FieldSources.LastOfSeries(run, path) ?? FieldSources.Named(run.Run.Metadata, path);

    private object?[]? MetricOrGiven(RunValues run)
    {
        (object?[]? metric, object?[]? given) = (run.Metric(path), Given(run));
        if (metric is null || given is null) return metric ?? given;
        bool isMetric = path.IsExactIn(run.Run.Metrics);
        return isMetric == IsGivenExactly(run) ? throw Ambiguous(run, "metrics", run.Run.Metrics.Keys) : isMetric ? metric : given;
    }

    // The values that were chosen before the run began; a label describes a parameter.
    private object?[]? Given(RunValues run)
    {
        (object?[]? param, object?[]? label) = (run.Param(path), run.Label(path));
        bool isLabel = label is not null && (param is null || (!path.IsExactIn(run.Run.Params) && path.IsExactIn(run.Run.Labels)));
        return isLabel ? label : param;
    }

    private bool IsGivenExactly(RunValues run) => path.IsExactIn(run.Run.Params) || path.IsExactIn(run.Run.Labels);

    private AssayException Ambiguous(RunValues run, string place, IEnumerable<string> names)
    {
        string given = run.Param(path) is null ? Recorded("labels", run.Run.Labels.Keys)
            : Recorded("params", JsonObjects.Flatten(run.Run.Params).Select(p => p.Key));
        return new AssayException($"'{Name}' means two values of run {run.Run.Id}; expected a name that says which. "
            + $"Write '{given}' or '{Recorded(place, names)}'.");
    }

    // As the run has it, however the name was written.
    private string Recorded(string place, IEnumerable<string> names) =>
        PlacedField.Spelling(place, names.FirstOrDefault(n => PathStep.AreAlike(n, Name)) ?? Name);
}

internal static class FieldSources
{
    /// <summary>Null for no value. A name with dots, as metrics may have, is found where the way through members leads nowhere.</summary>
    public static object?[]? Named(IReadOnlyDictionary<string, object?> values, ValuePath path)
    {
        if (values.Count == 0) return null;
        object?[] found = [.. path.Select(values)];
        if (found.Length > 0) return found;
        return path.Steps.Count > 1 && path.WholeName is { } name && ValuePath.TryKey(values, name, out object? value) ? [value] : null;
    }

    public static object?[]? LastOfSeries(RunValues run, ValuePath path) =>
        SeriesName(run, path) is { } name ? [run.Series(name)![^1].Value] : null;

    public static IEnumerable<FieldPoint>? SeriesOver(RunValues run, ValuePath path) =>
        SeriesName(run, path) is { } name ? run.Series(name)!.Select(p => new FieldPoint(p.Value, p.Step, p.Time, null, null)) : null;

    public static object?[]? LastTracked(RunValues run, ValuePath path) =>
        LatestTracked(run, path) is { Length: > 0 } points ? [.. points.Select(p => p.Value)] : null;

    /// <summary>What the last tracked value that has the path has there; several where it goes through a list.</summary>
    public static FieldPoint[] LatestTracked(RunValues run, ValuePath path) =>
        run.Tracked.Reverse().Select(entry => Points(entry, path).ToArray()).FirstOrDefault(found => found.Length > 0) ?? [];

    public static IEnumerable<FieldPoint> TrackedOver(RunValues run, ValuePath path) =>
        run.Tracked.SelectMany(entry => Points(entry, path));

    private static IEnumerable<FieldPoint> Points(TrackedEntry entry, ValuePath path) =>
        path.Select(entry.Plain).Select(v => new FieldPoint(v, entry.Step, entry.Source.Time, entry.Source.Note, entry.Source.Place));

    private static string? SeriesName(RunValues run, ValuePath path) =>
        path.WholeName is { } name && run.Series(name) is not null ? name : null;
}
