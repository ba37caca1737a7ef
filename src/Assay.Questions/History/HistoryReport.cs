namespace Assay.Questions;

/// <summary>A value in the course of a run.</summary>
internal sealed record HistoryReport(
    string Store, string RunId, string Experiment, string Status, string Metric, int Total, int Shown, HistoryRange? Range,
    IReadOnlyList<HistoryPoint> Points) : Report
{
    /// <summary>All numbers on one line.</summary>
    internal string Drawn { get; private init; } = "";

    public static HistoryReport Of(Store store, RunRecord run, string metric, FieldPoint[] points, FieldPoint[] shown)
    {
        IReadOnlyDictionary<LinePlace, long> lines = LineNumbers.Of(shown.Select(p => p.Place).OfType<LinePlace>());
        HistoryPoint Point(FieldPoint p) =>
            new(p.Step, p.Value, p.Time?.TotalMilliseconds, p.Note, p.Place?.Journal.Location, p.Place is { } place ? lines[place] : null);
        return new HistoryReport(
            store.Path, run.Id, run.Experiment, RunStatusText.Text(run.Status), metric, points.Length, shown.Length,
            HistoryRange.Of(points), [.. shown.Select(Point)])
        { Drawn = Sparkline.Of([.. points.Select(p => RecordedNumber.Of(p.Value)).OfType<RecordedNumber>().Select(n => n.Real)]) };
    }
}

/// <summary>One value; where it was tracked as a line of its own, also the journal and the line's number.</summary>
internal sealed record HistoryPoint(long? Step, object? Value, double? ElapsedMs, string? Note, string? Journal, long? Line);

/// <summary>The numbers of all points in short: the first and the last, NaN included, and the extremes of the others.</summary>
internal sealed record HistoryRange(
    RecordedNumber First, RecordedNumber Last, RecordedNumber Min, long? MinStep, RecordedNumber Max, long? MaxStep)
{
    public static HistoryRange? Of(FieldPoint[] points)
    {
        (RecordedNumber Value, long? Step)[] numbers =
        [
            .. points.Select(point => (Value: RecordedNumber.Of(point.Value), point.Step))
                .Where(number => number.Value is not null).Select(number => (number.Value!.Value, number.Step)),
        ];
        if (numbers.Length == 0) return null;
        (RecordedNumber Value, long? Step)[] ordered = Array.FindAll(numbers, n => !double.IsNaN(n.Value.Real));
        if (ordered.Length == 0) ordered = numbers;
        (RecordedNumber min, long? minStep) = ordered.MinBy(n => n.Value, RecordedNumber.Order);
        (RecordedNumber max, long? maxStep) = ordered.MaxBy(n => n.Value, RecordedNumber.Order);
        return new HistoryRange(numbers[0].Value, numbers[^1].Value, min, minStep, max, maxStep);
    }
}

/// <summary>Thins a long history and keeps its extremes.</summary>
internal static class Thinning
{
    private const int PerStretch = 3;

    /// <summary>
    /// The first and the last point, and of each stretch between the smallest, the largest and the first that is no number, in their order;
    /// all of them when they are few enough.
    /// </summary>
    public static FieldPoint[] To(FieldPoint[] points, int most)
    {
        if (points.Length <= most) return points;
        var kept = new SortedSet<int> { 0, points.Length - 1 };
        int stretches = Math.Max(1, (most - 2) / PerStretch), inner = points.Length - 2;
        int Start(int stretch) => 1 + (int)((long)inner * stretch / stretches);
        for (int i = 0; i < stretches; i++) AddOutstanding(points, Start(i), Start(i + 1), kept);
        return [.. kept.Select(place => points[place])];
    }

    private static void AddOutstanding(FieldPoint[] points, int from, int to, SortedSet<int> kept)
    {
        (int Place, double Value)[] stretch = [.. Enumerable.Range(from, to - from).Select(i => (i, Number(points[i])))];
        (int Place, double Value)[] numbers = Array.FindAll(stretch, p => double.IsFinite(p.Value));
        if (numbers.Length > 0) kept.UnionWith([numbers.MinBy(p => p.Value).Place, numbers.MaxBy(p => p.Value).Place]);
        if (numbers.Length < stretch.Length) kept.Add(Array.Find(stretch, p => !double.IsFinite(p.Value)).Place);
    }

    private static double Number(FieldPoint point) => ValueOrder.TryNumber(point.Value, out double value) ? value : double.NaN;
}
