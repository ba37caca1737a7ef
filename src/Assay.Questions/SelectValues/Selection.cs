namespace Assay.Questions;

/// <summary>A value of a run.</summary>
internal sealed record SelectedValue(RunRecord Run, FieldPoint Point);

/// <summary>A value with the runs that have it.</summary>
internal sealed record DistinctValue(object? Value, int Runs, RunRecord First);

/// <summary>The values of runs at one path.</summary>
/// <param name="field">The path.</param>
/// <param name="runs">The runs, in the order their values are wanted.</param>
/// <param name="onlyLast">Whether only the last value of each counts.</param>
/// <param name="cancellation">Ends the search early.</param>
internal sealed class Selection(RunField field, IReadOnlyList<RunRecord> runs, bool onlyLast, CancellationToken cancellation = default)
{
    public IEnumerable<SelectedValue> Values() => runs.SelectMany(run => Points(new RunValues(run)).Select(p => new SelectedValue(run, p)));

    /// <summary>Every different value, in order; lists are taken apart.</summary>
    public IReadOnlyList<DistinctValue> Distinct() =>
    [
        .. Values().SelectMany(v => (v.Point.Value is object?[] list ? list : [v.Point.Value]).Select(value => (v.Run, Value: value)))
            .GroupBy(v => JsonText.Of(v.Value), StringComparer.Ordinal)
            .Select(g => (g.First().Value, Runs: g.Select(v => v.Run.Id).Distinct(StringComparer.Ordinal).Count(), g.First().Run))
            .OrderBy(g => g.Value, ValueOrder.Comparer)
            .Select(g => new DistinctValue(g.Value, g.Runs, g.Run)),
    ];

    private IEnumerable<FieldPoint> Points(RunValues run)
    {
        cancellation.ThrowIfCancellationRequested();
        return onlyLast ? field.Latest(run) : field.Over(run);
    }
}
