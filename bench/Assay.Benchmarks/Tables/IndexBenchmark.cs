using System.Diagnostics;
using System.Globalization;

namespace Assay.Benchmarks;

/// <summary>
/// The index of a store beside DuckDB: building it against reading the same journals as JSON, asking it against asking a Parquet copy, and
/// the whole tool against a program that does nothing. All on one store that the engine makes.
/// </summary>
internal sealed class IndexBenchmark(string folder, DuckDb duck, Dictionary<string, object> report)
{
    private const int ColdRounds = 3, WarmUps = 3, WarmRounds = 11, ToolRounds = 11;

    private readonly string _store = Path.Combine(folder, "store");

    public void Run(int runs)
    {
        EngineLoad.Run(_store, runs);
        Cold();
        Warm();
        Memory();
        Tool();
    }

    /// <summary>One warm query, for a process of its own: prints the largest resident memory.</summary>
    public static void Ask(string store)
    {
        Query(store);
        Console.WriteLine(Peak().ToString(CultureInfo.InvariantCulture));
    }

    private string Index => Path.Combine(_store, "index", "runs");

    private void Cold()
    {
        var times = new List<(double Ours, double Theirs)>();
        for (int round = 0; round < ColdRounds; round++)
        {
            if (Directory.Exists(Index)) Directory.Delete(Index, recursive: true);
            GC.Collect();
            double ours = Time(() => _ = Store.Open(_store).LoadAll().Count);
            times.Add((ours, duck.Seconds($"CREATE OR REPLACE TABLE journals AS SELECT * FROM read_json_auto('{_store}/runs/*.jsonl')")));
            duck.Seconds("DROP TABLE journals");
        }

        Compare("index_build_to_duckdb_json", times);
        report["index_build_peak_mb"] = Measured("build");
        report["index_bytes_per_run"] = Directory.GetFiles(Index).Sum(f => new FileInfo(f).Length) / Store.Open(_store).LoadAll().Count;
    }

    private void Warm()
    {
        string copy = Path.Combine(folder, "copy.parquet");
        Store.Open(_store).LoadAll().ToTable().Save(copy);
        string query = $"""
            SELECT "param_Rate", count(*), avg(loss), stddev_samp(loss), avg(steps), stddev_samp(steps) FROM read_parquet('{copy}')
            WHERE status = 'success' AND "param_Size" BETWEEN 10 AND 60 GROUP BY "param_Rate"
            """;
        var times = new List<(double Ours, double Theirs)>();
        for (int round = 0; round < WarmUps + WarmRounds; round++)
        {
            GC.Collect();
            double ours = Time(() => Query(_store)), theirs = duck.Seconds(query);
            if (round >= WarmUps) times.Add((ours, theirs));
        }

        Compare("warm_query_to_duckdb_parquet", times);
    }

    private void Memory() => report["warm_query_peak_mb"] = Measured("ask");

    private void Tool()
    {
        (string tool, string nothing) = Programs.Build(folder);
        string small = Path.Combine(folder, "small");
        EngineLoad.Run(small, 1000);
        Start("assay_ls_of_a_thousand_runs_to_empty_program", small);
        Start("assay_ls_to_empty_program", _store);

        void Start(string name, string store)
        {
            var times = new List<(double Ours, double Theirs)>();
            for (int round = 0; round < ToolRounds; round++)
                times.Add((Time(() => Programs.Output(tool, "ls", "--store", store)), Time(() => Programs.Output(nothing))));
            Compare(name, times);
        }
    }

    private static void Query(string store) =>
        _ = Store.Open(store).LoadAll().Filter(RunStatus.Success).Filter("Size", min: 10, max: 60).Stats(["Rate"]).Count;

    private double Measured(string what)
    {
        string host = Environment.ProcessPath!;
        string[] assembly = host.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(IndexBenchmark).Assembly.Location] : [];
        string output = Programs.Output(host, [.. assembly, "tables", what, _store]);
        return Math.Round(long.Parse(output.Trim(), CultureInfo.InvariantCulture) / 1e6);
    }

    /// <summary>One cold build, for a process of its own: prints the largest resident memory.</summary>
    public static void Build(string store)
    {
        string index = Path.Combine(store, "index", "runs");
        if (Directory.Exists(index)) Directory.Delete(index, recursive: true);
        _ = Store.Open(store).LoadAll().Count;
        Console.WriteLine(Peak().ToString(CultureInfo.InvariantCulture));
    }

    private static long Peak()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    private void Compare(string name, List<(double Ours, double Theirs)> times)
    {
        double[] ratios = [.. times.Select(t => t.Ours / t.Theirs).Order()];
        report[name] = Math.Round(ratios[ratios.Length / 2], 2);
        report[name + "_min_max"] = new[] { Math.Round(ratios[0], 2), Math.Round(ratios[^1], 2) };
        report[name + "_ms"] = new[] { Median(times.Select(t => t.Ours)), Median(times.Select(t => t.Theirs)) };
    }

    private static double Median(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return Math.Round(sorted[sorted.Length / 2] * 1000, 1);
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
