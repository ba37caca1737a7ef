namespace Assay.Questions;

/// <summary>Values at a path.</summary>
internal sealed record SelectReport(
    string Store, string Path, int Total, int Shown, IReadOnlyList<ValueRow>? Values, IReadOnlyList<DistinctRow>? Distinct) : RunsReport
{
    public static SelectReport Of(Store store, string path, Selection selection, bool distinct, int limit, int skip)
    {
        if (distinct)
        {
            IReadOnlyList<DistinctRow> different = selection.Distinct();
            DistinctRow[] some = [.. different.Skip(skip).Take(limit)];
            return new SelectReport(store.Path, path, different.Count, some.Length, null, some);
        }

        // Only what is shown is kept: there may be millions.
        int total = 0;
        var shown = new List<SelectedValue>();
        foreach (SelectedValue value in selection.Values())
        {
            if (total >= skip && shown.Count < limit) shown.Add(value);
            total++;
        }

        IReadOnlyDictionary<LinePlace, long> lines = LineNumbers.Of(shown.Select(v => v.Point.Place).OfType<LinePlace>());
        return new SelectReport(store.Path, path, total, shown.Count, [.. shown.Select(v => ValueRow.Of(v, lines))], null);
    }
}

/// <summary>A value with its run; where it was tracked as a line of its own, also the journal and the line's number.</summary>
internal sealed record ValueRow(
    string RunId, string Experiment, object? Value, long? Step, double? ElapsedMs, string? Note, string? Journal, long? Line)
{
    public static ValueRow Of(SelectedValue value, IReadOnlyDictionary<LinePlace, long> lines) => new(
        value.Run.Id, value.Run.Experiment, value.Point.Value, value.Point.Step, value.Point.Time?.TotalMilliseconds, value.Point.Note,
        value.Point.Place?.Journal.Location, value.Point.Place is { } place ? lines[place] : null);
}

/// <summary>A value that some runs have, and one of them.</summary>
internal sealed record DistinctRow(object? Value, int Runs, string RunId);

/// <summary>A value of a run.</summary>
internal sealed record SelectedValue(RunRecord Run, FieldPoint Point);

/// <summary>The values of runs at one path.</summary>
internal sealed class Selection(RunField field, IReadOnlyList<RunRecord> runs, bool onlyLast, CancellationToken cancellation)
{
    public IEnumerable<SelectedValue> Values() => runs.SelectMany(run => Points(new RunValues(run)).Select(p => new SelectedValue(run, p)));

    /// <summary>Every different value, in order; lists are taken apart.</summary>
    public IReadOnlyList<DistinctRow> Distinct() =>
    [
        .. Values().SelectMany(v => (v.Point.Value is object?[] list ? list : [v.Point.Value]).Select(value => (v.Run.Id, Value: value)))
            .GroupBy(v => JsonText.Of(v.Value), StringComparer.Ordinal)
            .Select(g => new DistinctRow(g.First().Value, g.DistinctBy(v => v.Id, StringComparer.Ordinal).Count(), g.First().Id))
            .OrderBy(row => row.Value, ValueOrder.Comparer),
    ];

    private IEnumerable<FieldPoint> Points(RunValues run)
    {
        cancellation.ThrowIfCancellationRequested();
        return onlyLast ? field.Latest(run) : field.Over(run);
    }
}
