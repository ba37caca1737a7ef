namespace Assay.Questions;

/// <summary>A value in the course of a run.</summary>
internal sealed record HistoryReport(
    string Store, string RunId, string Experiment, string Status, string Metric, int Total, int Shown, HistoryRange? Range,
    IReadOnlyList<HistoryPoint> Points) : Report
{
    /// <param name="store">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="metric">Name of the value.</param>
    /// <param name="points">All points.</param>
    /// <param name="shown">Those that are listed.</param>
    public static HistoryReport Of(Store store, RunRecord run, string metric, FieldPoint[] points, FieldPoint[] shown)
    {
        IReadOnlyDictionary<LinePlace, long> lines = LineNumbers.Of(shown.Select(p => p.Place).OfType<LinePlace>());
        HistoryPoint Point(FieldPoint p) =>
            new(p.Step, p.Value, p.Time?.TotalMilliseconds, p.Note, p.Place?.Journal.Location, p.Place is { } place ? lines[place] : null);
        return new HistoryReport(
            store.Path, run.Id, run.Experiment, RunStatusText.Text(run.Status), metric, points.Length, shown.Length,
            HistoryRange.Of(points), [.. shown.Select(Point)]);
    }
}

/// <summary>One value; where it was tracked as a line of its own, also the journal and the line's number.</summary>
internal sealed record HistoryPoint(long? Step, object? Value, double? ElapsedMs, string? Note, string? Journal, long? Line);

/// <summary>The numbers of all points in short; NaN counts for none.</summary>
internal sealed record HistoryRange(
    RecordedNumber First, RecordedNumber Last, RecordedNumber Min, long? MinStep, RecordedNumber Max, long? MaxStep)
{
    public static HistoryRange? Of(FieldPoint[] points)
    {
        var numbers = new List<(RecordedNumber Value, long? Step)>();
        foreach (FieldPoint point in points)
        {
            if (RecordedNumber.Of(point.Value) is { } number && !double.IsNaN(number.Real)) numbers.Add((number, point.Step));
        }

        if (numbers.Count == 0) return null;
        (RecordedNumber min, long? minStep) = numbers.MinBy(n => n.Value, RecordedNumber.Order);
        (RecordedNumber max, long? maxStep) = numbers.MaxBy(n => n.Value, RecordedNumber.Order);
        return new HistoryRange(numbers[0].Value, numbers[^1].Value, min, minStep, max, maxStep);
    }
}
