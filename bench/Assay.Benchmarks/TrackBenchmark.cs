using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Assay.Benchmarks;

/// <summary>
/// Lone runs into a durable store, without git: what start and end cost, and how many records a second are tracked, against a floor
/// measured in the same rounds: serialising and appending the same bytes with one thread and nothing else. Prints one JSON object; figures
/// are medians, with the least and the most beside them.
/// </summary>
internal static class TrackBenchmark
{
    private const int Runs = 1000;
    private const int Records = 1_000_000;
    private const int Rounds = 7;
    private const int ManyThreads = 8;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="args">How many records a round tracks. Default: a million.</param>
    public static void Run(string[] args)
    {
        int records = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Records;
        string root = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            var report = new Dictionary<string, object>
            {
                ["benchmark"] = "track",
                ["git"] = "off",
                ["processors"] = Environment.ProcessorCount,
                ["records"] = records,
                ["load_before"] = Load()!,
            };
            StartAndEnd(Path.Combine(root, "short"), report);
            Track(root, records, report);
            report["load_after"] = Load()!;
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void StartAndEnd(string store, Dictionary<string, object> report)
    {
        TrackOptions options = TrackLoad.Options(store);
        var start = new List<double>(Runs);
        var both = new List<double>(Runs);
        for (int i = -Runs / 5; i < Runs; i++)
        {
            long began = Stopwatch.GetTimestamp();
            Run run = Assay.Run.Start(TrackLoad.Name, options: options);
            double started = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            run.Dispose();
            if (i < 0) continue;
            start.Add(started);
            both.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        report["start_and_end_ms"] = Rounded(Median(both));
        report["start_and_end_ms_p5_p95"] = new[] { Rounded(Percentile(both, 0.05)), Rounded(Percentile(both, 0.95)) };
        report["start_ms"] = Rounded(Median(start));
    }

    private static void Track(string root, int records, Dictionary<string, object> report)
    {
        List<double> floor = [], one = [], many = [], ratios = [], manyRatios = [];
        long peak = 0, manyPeak = 0, bytes = 0, floorBytes = 0;
        // The first round warms up. Floor and load alternate, so that a slow moment of the machine hits both.
        for (int round = -1; round < Rounds; round++)
        {
            (double floorTime, _, floorBytes) = Measure(root, folder => TrackFloor.Run(Path.Combine(folder, "floor.jsonl"), records));
            (double oneTime, long onePeak, bytes) = Measure(root, folder => TrackLoad.Run(folder, records, 1));
            (double manyTime, long peakOfMany, _) = Measure(root, folder => TrackLoad.Run(folder, records, ManyThreads));
            if (round < 0) continue;
            floor.Add(floorTime);
            one.Add(oneTime);
            many.Add(manyTime);
            ratios.Add(oneTime / floorTime);
            manyRatios.Add(manyTime / floorTime);
            (peak, manyPeak) = (Math.Max(peak, onePeak), Math.Max(manyPeak, peakOfMany));
        }

        report["bytes_to_floor"] = Rounded((double)bytes / floorBytes);
        Rates("floor", floor, records, report);
        Rates("track", one, records, report);
        Ratios("track_to_floor", ratios, report);
        Rates($"track_{ManyThreads}_threads", many, records, report);
        Ratios($"track_{ManyThreads}_threads_to_floor", manyRatios, report);
        report["peak_memory_mb"] = peak >> 20;
        report[$"peak_memory_mb_{ManyThreads}_threads"] = manyPeak >> 20;
    }

    private static (double Seconds, long Peak, long Bytes) Measure(string root, Action<string> action)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "round")).FullName;
        GC.Collect();
        PeakMemory.Reset();
        long start = Stopwatch.GetTimestamp();
        action(folder);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long bytes = new DirectoryInfo(folder).EnumerateFiles("*.jsonl", SearchOption.AllDirectories).Sum(f => f.Length);
        Directory.Delete(folder, recursive: true);
        return (seconds, PeakMemory.Read(), bytes);
    }

    private static void Rates(string name, List<double> times, int records, Dictionary<string, object> report)
    {
        report[$"{name}_per_second"] = (long)(records / Median(times));
        report[$"{name}_per_second_min_max"] = new[] { (long)(records / times.Max()), (long)(records / times.Min()) };
    }

    private static void Ratios(string name, List<double> ratios, Dictionary<string, object> report)
    {
        report[name] = Rounded(Median(ratios));
        report[$"{name}_min_max"] = new[] { Rounded(ratios.Min()), Rounded(ratios.Max()) };
    }

    // What else runs on the machine; null where it is unknown.
    private static double? Load() =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : null;

    private static double Rounded(double value) => Math.Round(value, 3);

    private static double Median(List<double> values) => Percentile(values, 0.5);

    private static double Percentile(List<double> values, double part) => values.Order().ElementAt((int)(part * (values.Count - 1)));
}
