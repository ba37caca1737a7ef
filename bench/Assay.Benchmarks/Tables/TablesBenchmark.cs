using System.Text.Json;

namespace Assay.Benchmarks;

/// <summary>
/// What the tables cost beside DuckDB doing the same on the same machine in the same rounds. Prints one JSON object of ratios: below 1 is
/// faster than DuckDB. Needs Node and the packages that tests/interop/setup.sh installs.
/// </summary>
internal static class TablesBenchmark
{
    private const int Rows = 1_000_000;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="args">
    /// How many rows, and which part: <c>index</c>, <c>export</c> or <c>questions</c>. Default: a million, all parts.
    /// </param>
    public static void Run(string[] args)
    {
        if (args is ["ask", var asked]) IndexBenchmark.Ask(asked);
        else if (args is ["build", var built]) IndexBenchmark.Build(built);
        else Compare(args);
    }

    private static void Compare(string[] args)
    {
        int rows = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : Rows;
        string folder = Directory.CreateTempSubdirectory("assay-bench-").FullName;
        try
        {
            using var duck = new DuckDb();
            var report = new Dictionary<string, object>
            {
                ["benchmark"] = "tables",
                ["rows"] = rows,
                ["threads"] = Environment.ProcessorCount,
                ["duckdb"] = duck.Version,
            };
            if (args.Length < 2 || args[1] == "index") new IndexBenchmark(folder, duck, report).Run(rows);
            if (args.Length < 2 || args[1] == "export") new ExportBenchmark(folder, duck, report).Run(rows);
            if (args.Length < 2 || args[1] == "questions") new QuestionBenchmark(folder, report).Run(rows);
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
