using System.Diagnostics;
using Assay.Analysis;

namespace Assay.Benchmarks;

/// <summary>A picture of a million points, as a ratio to reading them.</summary>
internal static class FigureBenchmark
{
    private const int Points = 1_000_000, Rounds = 7;

    public static void Run(string[] args)
    {
        string folder = Directory.CreateTempSubdirectory("assay-figures-").FullName;
        try
        {
            string csv = Path.Combine(folder, "points.csv"), parquet = Path.Combine(folder, "points.parquet");
            Table made = Make();
            made.Save(csv);
            made.Save(parquet);
            double read = Milliseconds("read csv", () => Table.Load(csv), floor: null);
            Milliseconds("read parquet", () => Table.Load(parquet), read);
            Table table = Table.Load(csv);
            Milliseconds("line, png", () => Line(table).ToPng(), read);
            Milliseconds("line, svg", () => Line(table).ToSvg(), read);
            Milliseconds("line, html", () => Line(table).ToHtml(), read);
            Milliseconds("points, png", () => table.PlotScatter("noise", "y").ToPng(), read);
            Milliseconds("histogram, png", () => table.PlotHistogram("y").ToPng(), read);
            Milliseconds("read csv and line, png", () => Line(Table.Load(csv)).ToPng(), read);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Figure Line(Table table) => table.PlotMetric("x", "y");

    private static Table Make()
    {
        var random = new Random(3);
        double[] noise = [.. Enumerable.Range(0, Points).Select(_ => random.NextDouble() - 0.5)];
        return Table.FromColumns(
            Column.Of("x", Enumerable.Range(0, Points).Select(i => (double)i)),
            Column.Of("y", noise.Select((n, i) => Math.Sin(i / 100_000.0) + n)), Column.Of("noise", noise));
    }

    // The best of several rounds, the first of which also compiles.
    private static double Milliseconds(string what, Action work, double? floor)
    {
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        string ratio = floor is null ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{best / floor:0.00} x");
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what,-24} {best,8:0} ms  {ratio}"));
        return best;
    }
}
