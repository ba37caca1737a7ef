namespace Assay.Names;

/// <summary>
/// A name alone: a metric, a parameter or a label; else a series, a fact of the metadata or a path in tracked values, whichever the run has
/// first in this order. A name that is a metric and
/// a parameter or label of one run says nothing alone, as everywhere (<see cref="NamedPlace"/>); nor does one that is a parameter and a
/// series where its course is asked for.
/// </summary>
/// <param name="name">As it was written.</param>
/// <param name="path">The same, read.</param>
/// <param name="onlyTracked">Whether only tracked values are meant.</param>
internal sealed class BareField(string name, ValuePath path, bool onlyTracked = false) : RunField(name)
{
    public override object?[]? Of(RunValues run) => Apart(run) ?? FieldSources.LastTracked(run, path);

    public override IEnumerable<FieldPoint> Latest(RunValues run) =>
        Apart(run) is null ? FieldSources.LatestTracked(run, path) : base.Latest(run);

    public override IEnumerable<FieldPoint> Over(RunValues run)
    {
        if (!onlyTracked)
        {
            if (FieldSources.SeriesOver(run, path) is { } points) return Given(run) is null ? points : throw Ambiguous(run, "series");
            if (Metric(run) is not null || Given(run) is not null || FieldSources.Named(run.Run.Metadata, path) is not null)
                return base.Over(run);
        }

        return FieldSources.TrackedOver(run, path);
    }

    // What is there apart from tracked values.
    private object?[]? Apart(RunValues run) =>
        onlyTracked ? null : Metric(run) ?? Given(run) ?? FieldSources.LastOfSeries(run, path)
            ?? FieldSources.Named(run.Run.Metadata, path);

    private object?[]? Metric(RunValues run)
    {
        object?[]? metric = run.Metric(path);
        return metric is not null && Given(run) is not null ? throw Ambiguous(run, "metrics") : metric;
    }

    // What was chosen for the run before it began; a label tells of a parameter.
    private object?[]? Given(RunValues run) => run.Param(path) ?? run.Label(path);

    private AssayException Ambiguous(RunValues run, string recorded)
    {
        string given = run.Param(path) is null ? Recorded("labels", run.Run.Labels.Keys) : Recorded("params", run.Run.Params.Keys);
        string measured = Recorded(recorded, recorded == "series" ? run.SeriesNames : run.Run.Metrics.Keys);
        return NamedPlace.Ambiguous(Name, given, measured, run.Run.Id);
    }

    // As the run has it, whatever the letters that were written.
    private string Recorded(string place, IEnumerable<string> names) =>
        PlacedField.Spelling(place, names.FirstOrDefault(n => string.Equals(n, Name, StringComparison.OrdinalIgnoreCase)) ?? Name);
}
