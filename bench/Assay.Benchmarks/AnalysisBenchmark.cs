using System.Diagnostics;
using System.Text.Json;
using Assay.Analysis;

namespace Assay.Benchmarks;

/// <summary>
/// What statistics cost beside the work that they cannot do without: intervals of groups beside the plain aggregation of the same groups,
/// and a bootstrap beside drawing the random indices and summing alone, with one thread and with all. Prints one JSON object of ratios;
/// the two sides alternate, so that a slow moment of the machine hits both.
/// </summary>
internal static class AnalysisBenchmark
{
    private const int Rows = 1_000_000, Groups = 1_000, Samples = 10_000, Values = 10_000, WarmUps = 2, Rounds = 9;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Run(string[] args)
    {
        var report = new Dictionary<string, object>
        {
            ["benchmark"] = "analysis",
            ["processors"] = Environment.ProcessorCount,
        };
        OfGroups(report);
        OfSamples(report);
        Console.WriteLine(JsonSerializer.Serialize(report, Indented));
    }

    private static void OfGroups(Dictionary<string, object> report)
    {
        var random = new SeededRandom(1);
        Table table = Table.FromColumns(
            Column.Of("group", Enumerable.Range(0, Rows).Select(_ => (long)random.Next(Groups))),
            Column.Of("value", Enumerable.Range(0, Rows).Select(_ => random.NextNormal())));
        Aggregate[] plain = [Aggregate.Mean("value"), Aggregate.StandardDeviation("value"), Aggregate.Count("value")];
        Compare(
            "groups_with_t_intervals", report, () => table.Intervals("value", ["group"], method: IntervalMethod.T).RowCount,
            () => table.GroupBy("group").Aggregate(plain).RowCount);
    }

    private static void OfSamples(Dictionary<string, object> report)
    {
        var random = new SeededRandom(2);
        double[] values = [.. Enumerable.Range(0, Values).Select(_ => random.NextDouble())];
        foreach ((string name, int threads) in new[] { ("one_thread", 1), ("all_threads", -1) })
        {
            var resampling = new Resampling { Samples = Samples, MaxThreads = threads };
            foreach (IntervalMethod method in new[] { IntervalMethod.Bootstrap, IntervalMethod.Bca })
                Compare(
                    $"{IntervalMethodText.Text(method)}_{name}", report,
                    () => Interval.OfMean(values, method: method, resampling: resampling).LowerBound!.Value, () => Draw(values));
        }
    }

    // The floor: the generator of the bootstrap, two indices from each of its outputs, and a sum.
    private static double Draw(double[] values)
    {
        uint bound = (uint)values.Length, threshold = SampleRandom.Threshold(values.Length);
        double sum = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            var random = new SampleRandom(3, sample);
            for (int i = 0; i < values.Length; i += 2)
            {
                ulong bits = random.Next();
                sum += values[random.Below((uint)(bits >> 32), bound, threshold)];
                sum += values[random.Below((uint)bits, bound, threshold)];
            }
        }

        return sum;
    }

    private static void Compare(string name, Dictionary<string, object> report, Func<double> ours, Func<double> floor)
    {
        var times = new List<(double Ours, double Floor)>();
        for (int round = -WarmUps; round < Rounds; round++)
        {
            (double our, double other) = (Seconds(ours), Seconds(floor));
            if (round >= 0) times.Add((our, other));
        }

        double[] ratios = [.. times.Select(t => t.Ours / t.Floor).Order()];
        report[name + "_to_floor"] = Math.Round(ratios[Rounds / 2], 2);
        report[name + "_to_floor_min_max"] = new[] { Math.Round(ratios[0], 2), Math.Round(ratios[^1], 2) };
        report[name + "_ms"] = new[] { Median(times.Select(t => t.Ours)), Median(times.Select(t => t.Floor)) };
    }

    private static double Seconds(Func<double> work)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        double result = work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return double.IsNaN(result) ? throw new InvalidOperationException("A benchmark has computed nothing.") : seconds;
    }

    private static double Median(IEnumerable<double> seconds) => Math.Round(seconds.Order().ElementAt(Rounds / 2) * 1000);
}
