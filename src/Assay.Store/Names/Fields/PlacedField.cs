namespace Assay.Names;

/// <summary>A name that begins with the place of its value: <c>params.lr</c>, <c>metrics.accuracy</c>, <c>tracked.loss</c>.</summary>
internal sealed class PlacedField(string name, string place, ValuePath path) : RunField(name)
{
    public const string TrackedPlace = "tracked";

    public static IReadOnlyList<string> Places { get; } = [
        "metrics", "params", "labels", "series", "metadata", TrackedPlace, "git", "fingerprints"];

    /// <summary>A path with its place before it.</summary>
    public static string Spelling(string place, string path) => path[0] == '[' ? place + path : $"{place}.{path}";

    /// <summary>Whether the place alone is a value.</summary>
    public static bool IsWhole(string place) => string.Equals(place, TrackedPlace, StringComparison.OrdinalIgnoreCase);

    /// <summary>The word for a place that has columns.</summary>
    public static string WordOf(FieldPlace place) => place switch
    {
        FieldPlace.Param => "params",
        FieldPlace.Label => "labels",
        _ => "metrics",
    };

    // A metric may be called metrics.acc, and a program is free to track {"metrics": {"acc": …}}: then metrics.acc means that.
    private BareField? Inside => place == TrackedPlace ? null : new BareField(Name, ValuePath.Parse(Name));

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
        "metadata" => FieldSources.Named(run.Run.Metadata, path),
        "git" => FieldSources.Named(run.Run.Git, path),
        "fingerprints" => FieldSources.Named(run.Run.Fingerprints, path),
        "series" => FieldSources.LastOfSeries(run, path),
        _ => FieldSources.LastTracked(run, path),
    };
}
