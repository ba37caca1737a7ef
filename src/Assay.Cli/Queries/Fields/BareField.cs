namespace Assay.Cli;

/// <summary>
/// A name alone: a metric; else a parameter, a label, a series, a fact of the metadata or a path in tracked values, whichever the run has first in this order.
/// </summary>
/// <param name="name">As it was written.</param>
/// <param name="path">The same, read.</param>
/// <param name="onlyTracked">Whether only tracked values are meant.</param>
internal sealed class BareField(string name, ValuePath path, bool onlyTracked = false) : RunField(name)
{
    public override object?[]? Of(RunValues run) => (onlyTracked ? null : Once(run) ?? FieldSources.LastOfSeries(run, path) ?? FieldSources.Named(run.Run.Metadata, path)) ?? FieldSources.LastTracked(run, path);

    public override IEnumerable<FieldPoint> Over(RunValues run)
    {
        if (!onlyTracked)
        {
            if (FieldSources.SeriesOver(run, path) is { } points) return points;
            if (Once(run) is not null || FieldSources.Named(run.Run.Metadata, path) is not null) return base.Over(run);
        }

        return FieldSources.TrackedOver(run, path);
    }

    private object?[]? Once(RunValues run) =>
        run.Metric(path) ?? run.Param(path) ?? run.Label(path);
}
