using System.Diagnostics;

namespace Assay.Benchmarks;

/// <summary>Saving a table beside DuckDB's COPY of the same table, loaded before, with the same compression.</summary>
internal sealed class ExportBenchmark(string folder, DuckDb duck, Dictionary<string, object> report)
{
    private const int WarmUps = 2, Rounds = 11;

    public void Run(int rows)
    {
        Measure("values", RunTable.Values(rows));
        Measure("noise", RunTable.Noise(rows));
        Measure("runs", RunTable.Runs(rows));
    }

    private void Measure(string name, Table table)
    {
        string source = Path.Combine(folder, "source.parquet");
        table.Save(source);
        duck.Seconds($"CREATE OR REPLACE TABLE export AS SELECT * FROM read_parquet('{source}')");
        Compare($"export_{name}_csv", table, "csv", TableFormat.Csv.Writer(), "FORMAT csv, HEADER");
        Compare(
            $"export_{name}_parquet", table, "parquet", TableFormats.Parquet(new() { Compression = ParquetCompression.None }),
            "FORMAT parquet, COMPRESSION uncompressed");
        Compare($"export_{name}_parquet_snappy", table, "parquet", TableFormat.Parquet.Writer(), "FORMAT parquet, COMPRESSION snappy");
    }

    /// <summary>The two alternate, so that a slow moment of the machine hits both.</summary>
    private void Compare(string name, Table table, string extension, ITableWriter writer, string options)
    {
        string ours = Path.Combine(folder, "ours." + extension), theirs = Path.Combine(folder, "theirs." + extension);
        var times = new List<(double Ours, double Theirs)>();
        for (int round = 0; round < WarmUps + Rounds; round++)
        {
            GC.Collect();
            long start = Stopwatch.GetTimestamp();
            table.Save(ours, writer);
            double time = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double other = duck.Seconds($"COPY export TO '{theirs}' ({options})");
            if (round >= WarmUps) times.Add((time, other));
        }

        double[] ratios = [.. times.Select(t => t.Ours / t.Theirs).Order()];
        report[name + "_to_duckdb"] = Math.Round(ratios[ratios.Length / 2], 2);
        report[name + "_to_duckdb_min_max"] = new[] { Math.Round(ratios[0], 2), Math.Round(ratios[^1], 2) };
        report[name + "_ms"] = new[] { Median(times.Select(t => t.Ours)), Median(times.Select(t => t.Theirs)) };
        report[name + "_mb"] = new[] { Megabytes(ours), Megabytes(theirs) };
    }

    private static double Median(IEnumerable<double> seconds) => Math.Round(seconds.Order().ElementAt(Rounds / 2) * 1000);

    private static double Megabytes(string path) => Math.Round(new FileInfo(path).Length / 1e6, 1);
}
