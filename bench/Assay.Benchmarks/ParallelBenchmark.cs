using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Assay.Benchmarks;

/// <summary>
/// How much faster CPU-bound runs finish with two workers than with one, beside what two plain threads reach over one on this machine at
/// this moment.
/// </summary>
internal static class ParallelBenchmark
{
    private const int Runs = 40;
    private const int Rounds = 5;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Run(string[] args)
    {
        string root = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        var engine = new List<double>();
        var floor = new List<double>();
        try
        {
            Engine(root, 2, "warm");
            for (int round = 0; round < Rounds; round++)
            {
                floor.Add(Threads(1) / Threads(2));
                engine.Add(Engine(root, 1, $"one-{round}") / Engine(root, 2, $"two-{round}"));
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                benchmark = "parallel",
                engine_speedup_two_workers = Math.Round(Median(engine), 3),
                plain_threads_speedup = Math.Round(Median(floor), 3),
                engine_min_max = new[] { Math.Round(engine.Min(), 3), Math.Round(engine.Max(), 3) },
            },
            Indented));
    }

    private static double Engine(string root, int workers, string name)
    {
        Experiment<int> experiment = Experiment
            .Create("parallel", (int n, RunContext run) => run.Metric("digest", Work(n)))
            .Over(Space.From(Enumerable.Range(0, Runs)));
        long start = Stopwatch.GetTimestamp();
        var options = new RunOptions { Store = Path.Combine(root, name), Parallel = workers, Progress = ProgressMode.None };
        experiment.RunAsync(options).GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Threads(int count)
    {
        int next = -1;
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) < Runs;) Work(n);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // About fifty milliseconds of pure computation.
    private static long Work(int n)
    {
        Span<byte> block = stackalloc byte[4096];
        block.Fill((byte)n);
        Span<byte> digest = stackalloc byte[32];
        for (int i = 0; i < 20_000; i++)
        {
            SHA256.HashData(block, digest);
            digest.CopyTo(block);
        }

        return BitConverter.ToInt64(digest);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
