using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Assay.Benchmarks;

/// <summary>
/// The engine with trivial operations (two params, two metrics) into a durable store, against a floor measured in the same process:
/// serialising and appending the same bytes with the same number of threads and nothing else. Prints one JSON object of ratios.
/// </summary>
internal static class EngineBenchmark
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly long[] Sizes = [10_000, 100_000, 1_000_000];

    public static void Run(string[] args)
    {
        long[] sizes = args.Length > 0 ? [.. args.Select(a => long.Parse(a, CultureInfo.InvariantCulture))] : Sizes;
        string root = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            WarmUp(Path.Combine(root, "warm"));
            var report = new Dictionary<string, object> { ["benchmark"] = "engine", ["threads"] = Environment.ProcessorCount };
            var perRun = new Dictionary<long, double>();
            foreach (long size in sizes) Measure(root, size, report, perRun);
            report["time_per_run_largest_to_smallest"] = Math.Round(perRun[sizes[^1]] / perRun[sizes[0]], 3);
            Resume(root, sizes[^1], report);
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void WarmUp(string root)
    {
        for (int i = 0; i < 3; i++)
        {
            EngineLoad.Run(Path.Combine(root, $"store-{i}"), 20_000);
            EngineFloor.Run(Path.Combine(root, "floor.jsonl"), 20_000);
        }

        Directory.Delete(root, recursive: true);
    }

    private static void Measure(string root, long size, Dictionary<string, object> report, Dictionary<long, double> perRun)
    {
        // Small sizes are repeated, and floor and engine alternate, so that a slow moment of the machine hits both.
        int rounds = size >= 1_000_000 ? 3 : size >= 100_000 ? 5 : 15;
        var ratios = new List<double>();
        var withoutGit = new List<double>();
        var engine = new List<double>();
        long peak = 0;
        for (int round = 0; round < rounds; round++)
        {
            GC.Collect();
            double floorTime = Time(() => EngineFloor.Run(Path.Combine(root, $"floor-{size}.jsonl"), size));
            File.Delete(Path.Combine(root, $"floor-{size}.jsonl"));
            PeakMemory.Reset();
            double engineTime = Engine(root, size, git: true);
            peak = Math.Max(peak, PeakMemory.Read());
            ratios.Add(engineTime / floorTime);
            withoutGit.Add(Engine(root, size, git: false) / floorTime);
            engine.Add(engineTime);
        }

        perRun[size] = Median(engine) / size;
        report[$"engine_to_floor_{size}"] = Math.Round(Median(ratios), 2);
        report[$"engine_to_floor_{size}_min_max"] = new[] { Math.Round(ratios.Min(), 2), Math.Round(ratios.Max(), 2) };
        report[$"engine_without_git_to_floor_{size}"] = Math.Round(Median(withoutGit), 2);
        report[$"engine_us_per_run_{size}"] = Math.Round(perRun[size] * 1e6, 3);
        report[$"peak_memory_mb_{size}"] = peak >> 20;
    }

    // Reading the state of the code costs the same for one run and for a million.
    private static double Engine(string root, long size, bool git)
    {
        string store = Path.Combine(root, $"store-{size}");
        if (Directory.Exists(store)) Directory.Delete(store, recursive: true);
        GC.Collect();
        return Time(() => EngineLoad.Run(store, size, git));
    }

    private static void Resume(string root, long size, Dictionary<string, object> report)
    {
        string store = Path.Combine(root, $"store-{size}");
        var ratios = new List<double>();
        for (int round = 0; round < 3; round++)
        {
            double read = Time(() => EngineFloor.ReadAll(Path.Combine(store, "runs")));
            GC.Collect();
            double resume = Time(() => EngineLoad.Run(store, size));
            ratios.Add(resume / read);
        }

        report[$"resume_to_read_{size}"] = Math.Round(Median(ratios), 2);
        report["journal_bytes_per_run"] = Directory.GetFiles(Path.Combine(store, "runs")).Sum(f => new FileInfo(f).Length) / size;
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
