using Assay.Analysis;

namespace Assay.Questions;

/// <summary>
/// The curves of one metric over runs, or over groups of runs: how many runs have it and how many of those asked for do not, the points of
/// all of them, and the file that the whole table went to, null without one.
/// </summary>
internal sealed record SeriesReport(
    string Store, string? Experiment, string Metric, int Runs, int Without, long Points, int Total, int Shown,
    IReadOnlyList<RunCurveLine> Curves, IReadOnlyList<GroupCurve>? Groups, string? Path, string? Format, long? Rows, int? Columns)
    : RunsReport
{
    /// <summary>The whole table, where it is printed.</summary>
    internal string? Printed { get; init; }

    internal override bool HasLineOfEarlier => Printed is null;
}

/// <summary>The curve of a run: the number of its points, what is told of all of them, and some, evenly chosen.</summary>
internal sealed record RunCurveLine(
    string RunId, string Experiment, string Status, IReadOnlyDictionary<string, object?> Params, RunSeed? Seed, int Total, long? LastStep,
    double First, double Last, double? Min, double? Max, IReadOnlyList<StepValue> Points)
{
    /// <summary>The curve on one line.</summary>
    internal string Drawn { get; private init; } = "";

    public static RunCurveLine Of(RunCurve curve, int most)
    {
        double[] values = [.. curve.Points.Select(p => p.Value)], numbers = Array.FindAll(values, v => !double.IsNaN(v));
        return new RunCurveLine(
            curve.Run.Id, curve.Run.Experiment, RunStatusText.Text(curve.Run.Status), curve.Run.Params, RunSeed.Of(curve.Run.Seed),
            values.Length, curve.Points[^1].Step, values[0], values[^1], numbers.Length == 0 ? null : numbers.Min(),
            numbers.Length == 0 ? null : numbers.Max(),
            [.. Evenly.Of(curve.Points, most).Select(p => new StepValue(p.Step, p.Value))])
        { Drawn = Sparkline.Of(values) };
    }
}

/// <summary>The value at a step.</summary>
internal sealed record StepValue(long? Step, double Value);

/// <summary>The curves of runs with equal values of some fields as one: statistics at each step, or at some of many.</summary>
internal sealed record GroupCurve(IReadOnlyDictionary<string, object?> Group, int Runs, int Total, IReadOnlyList<StepStatistics> Points)
{
    /// <summary>Groups in the order of their first runs, with all their steps. Points without a step do not count.</summary>
    public static IReadOnlyList<GroupCurve> Of(IReadOnlyList<RunCurve> curves, IReadOnlyList<RunField> by) =>
    [
        .. curves.Select(curve => (Key: RunSummary.Named(new RunValues(curve.Run), by), Curve: curve))
            .GroupBy(c => JsonText.Of(c.Key), StringComparer.Ordinal)
            .Select(group => Of(group.First().Key, [.. group.Select(c => c.Curve)])),
    ];

    private static GroupCurve Of(IReadOnlyDictionary<string, object?> key, RunCurve[] curves)
    {
        var values = new Dictionary<long, List<double>>();
        foreach (RunCurve curve in curves)
        {
            for (int i = 0; i < curve.Points.Count; i++)
            {
                if (curve.Points[i].Step is not { } step) continue;
                // A run counts once at each step, with what it recorded there last.
                if (i + 1 < curve.Points.Count && curve.Points[i + 1].Step == step) continue;
                if (!values.TryGetValue(step, out List<double>? here)) values.Add(step, here = []);
                here.Add(curve.Points[i].Value);
            }
        }

        StepStatistics[] steps = [.. values.OrderBy(v => v.Key).Select(v => StepStatistics.Of(v.Key, v.Value))];
        return new GroupCurve(key, curves.Length, steps.Length, steps);
    }
}

/// <summary>
/// The values of several runs at a step: their number, mean, sample standard deviation, and the 95 % interval of the mean by Student's t,
/// which assumes that they are about normally distributed. Of a single value only the mean is defined.
/// </summary>
internal sealed record StepStatistics(
    long Step, int Count, double Mean, double? StandardDeviation, double? LowerBound, double? UpperBound)
{
    public static StepStatistics Of(long step, List<double> values)
    {
        (_, double mean, double? deviation) = MetricStatistics.Of(values)!;
        var interval = Interval.OfMean(values.ToArray(), method: IntervalMethod.T);
        // Bounds of what is not finite are as undefined as its mean, and not unknown.
        double? undefined = values.Count > 1 ? double.NaN : null;
        return new StepStatistics(
            step, values.Count, mean, deviation, interval.LowerBound ?? undefined, interval.UpperBound ?? undefined);
    }
}

/// <summary>Some of many items, evenly chosen; the first and the last are among them.</summary>
internal static class Evenly
{
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, int most) => items.Count <= most ? items
        : [.. Enumerable.Range(0, most).Select(i => items[(int)((long)(items.Count - 1) * i / (most - 1))])];
}
