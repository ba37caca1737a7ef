using System.Diagnostics;

namespace Assay.Benchmarks;

/// <summary>
/// Questions of the native tool over a store, each beside a process of Node that asks DuckDB the same of a Parquet export. The start of
/// both programs counts.
/// </summary>
internal sealed class QuestionBenchmark(string folder, Dictionary<string, object> report)
{
    private const int WarmUps = 1, Rounds = 7, Curves = 1000;

    public void Run(int runs)
    {
        (string tool, _) = Programs.Build(folder);
        string store = Path.Combine(folder, "asked"), curves = Path.Combine(folder, "curves");
        EngineLoad.Run(store, runs);
        EngineLoad.Curves(curves, Curves);
        string table = Path.Combine(folder, "asked.parquet"), points = Path.Combine(folder, "curves.parquet");
        Store.Open(store).LoadAll().ToTable().Save(table);
        Store.Open(curves).LoadAll().Series("loss").Save(points);
        string spread = "count(*), avg(loss), stddev_samp(loss)";
        Compare("ls", [tool, "ls", "--store", store], $"SELECT * FROM '{table}' ORDER BY started_at DESC LIMIT 20");
        Compare(
            "stats_by", [tool, "stats", "bench", "--metric", "loss", "--by", "Rate", "--store", store],
            $"""SELECT "param_Rate", {spread} FROM '{table}' WHERE status = 'success' GROUP BY "param_Rate" ORDER BY 1 LIMIT 100""");
        Compare(
            "best_by", [tool, "best", "loss", "--by", "Rate", "--store", store],
            $"""
            SELECT "param_Rate", {spread}, min(loss), max(loss) FROM '{table}' WHERE status = 'success' GROUP BY 1 ORDER BY 3 DESC LIMIT 10
            """);
        Compare(
            "series_by", [tool, "series", "loss", "--by", "Rate", "--store", curves],
            $"""SELECT "param_Rate", step, count(*), avg(value), stddev_samp(value) FROM '{points}' GROUP BY 1, 2 ORDER BY 1, 2""");
        Compare(
            "series_to_csv", [tool, "series", "loss", "--store", curves, "--output", Path.Combine(folder, "ours.csv")],
            $"COPY (SELECT * FROM '{points}') TO '{Path.Combine(folder, "theirs.csv")}'");
    }

    private void Compare(string name, string[] question, string sql)
    {
        var times = new List<(double Ours, double Theirs)>();
        for (int round = 0; round < WarmUps + Rounds; round++)
        {
            (double ours, double theirs) = (Seconds(() => Programs.Output(question[0], question[1..])), Seconds(() => DuckDb.Once(sql)));
            if (round >= WarmUps) times.Add((ours, theirs));
        }

        double[] ratios = [.. times.Select(t => t.Ours / t.Theirs).Order()];
        report[name + "_to_duckdb"] = Math.Round(ratios[Rounds / 2], 2);
        report[name + "_to_duckdb_min_max"] = new[] { Math.Round(ratios[0], 2), Math.Round(ratios[^1], 2) };
        report[name + "_ms"] = new[] { Median(times.Select(t => t.Ours)), Median(times.Select(t => t.Theirs)) };
    }

    private static double Median(IEnumerable<double> seconds) => Math.Round(seconds.Order().ElementAt(Rounds / 2) * 1000, 1);

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
