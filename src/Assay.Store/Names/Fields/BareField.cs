namespace Assay.Names;

/// <summary>
/// A name alone: a metric, a parameter or a label; else a series, a fact of the metadata or a path in tracked values, whichever the run has
/// first in this order. A name that is a metric and also a parameter or label of one run is refused; so is one that is a parameter and a
/// series, where its course is asked for.
/// </summary>
internal sealed class BareField(string name, ValuePath path) : RunField(name)
{
    private static readonly FieldPlace[] Places = [FieldPlace.Param, FieldPlace.Label, FieldPlace.Metric];

    public override object?[]? Of(RunValues run) => Apart(run) ?? FieldSources.LastTracked(run, path);

    internal override FieldColumn? Column(RunSegment segment)
    {
        NamedColumn[] columns =
            [.. Places.Select(place => NamedColumn.Find(segment, place, path)).Where(c => c.Column is not null || !c.IsAlone)];
        return columns is [var only] ? only.Column : null;
    }

    public override IEnumerable<FieldPoint> Latest(RunValues run) =>
        Apart(run) is null ? FieldSources.LatestTracked(run, path) : base.Latest(run);

    public override IEnumerable<FieldPoint> Over(RunValues run)
    {
        if (FieldSources.SeriesOver(run, path) is not { } points)
            return Apart(run) is null ? FieldSources.TrackedOver(run, path) : base.Over(run);
        return Given(run) is null ? points : throw Ambiguous(run, "series", run.SeriesNames);
    }

    // A value that is not tracked.
    private object?[]? Apart(RunValues run) =>
        Metric(run) ?? Given(run) ?? FieldSources.LastOfSeries(run, path) ?? FieldSources.Named(run.Run.Metadata, path);

    private object?[]? Metric(RunValues run)
    {
        object?[]? metric = run.Metric(path);
        return metric is not null && Given(run) is not null ? throw Ambiguous(run, "metrics", run.Run.Metrics.Keys) : metric;
    }

    // The values that were chosen before the run began; a label describes a parameter.
    private object?[]? Given(RunValues run) => run.Param(path) ?? run.Label(path);

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
