namespace Assay.Questions;

/// <summary>Values at a path.</summary>
internal sealed record SelectReport(
    string Store, string Path, int Total, int Shown, IReadOnlyList<ValueRow>? Values, IReadOnlyList<DistinctRow>? Distinct) : Report
{
    public static SelectReport Of(Store store, string path, Selection selection, bool distinct, int limit, int skip = 0)
    {
        if (distinct)
        {
            IReadOnlyList<DistinctValue> different = selection.Distinct();
            DistinctRow[] some = [.. different.Skip(skip).Take(limit).Select(d => new DistinctRow(d.Value, d.Runs, d.First.Id))];
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
        value.Point.Place?.Journal.Location,
        value.Point.Place is { } place ? lines[place] : null);
}

/// <summary>A value that some runs have, and one of them.</summary>
internal sealed record DistinctRow(object? Value, int Runs, string RunId);

/// <summary>The report of <c>select</c> as text.</summary>
internal static class SelectText
{
    public static void Write(SelectReport report, Page page)
    {
        if (report.Total == 0)
        {
            page.Line("no values");
            return;
        }

        page.Grid(report.Distinct is { } distinct ? Distinct(distinct, page) : Values(report.Values!, page));
        page.Rest(report.Shown, report.Total, "value");
    }

    private static TextGrid Distinct(IReadOnlyList<DistinctRow> rows, Page page) => TextGrid.Of(
        rows, ("value", r => Words.Exact(r.Value)), ("runs", r => Words.Number(r.Runs)), ("such as", r => page.ShortId(r.RunId)));

    private static TextGrid Values(IReadOnlyList<ValueRow> rows, Page page) => TextGrid.Of(
        rows, ("id", r => page.ShortId(r.RunId)), ("experiment", r => r.Experiment), ("step", r => Words.Value(r.Step)),
        ("value", r => Words.Exact(r.Value)), ("line", r => Words.Value(r.Line)), ("note", r => r.Note))
        .WithoutEmpty("step", "line", "note");
}
