#:project ../src/Assay/Assay.csproj
#:project ../src/Assay.Avro/Assay.Avro.csproj
// Results as tables: a small sweep, then grouping, joining with other data, pivoting, records of a type of one's own, and files for other
// programs.
using Assay;

Results results = await Experiment
    .Create<Throw>("darts", version: "1", (p, run) =>
    {
        SeededRandom random = run.Seeds.Random("throw");
        int hits = 0;
        for (int i = 0; i < p.Darts; i++)
        {
            if (Math.Abs(random.NextNormal() * p.Spread) < 1) hits++;
        }

        run.Metric("hits", hits);
        run.Metric("share", hits / (double)p.Darts);
    })
    .Over(Space.Of<Throw>().Grid(p => p.Darts, 10, 1000).Grid(p => p.Spread, 0.5, 1.0, 2.0))
    .Repeat(4, seed: 7)
    .RunAsync(args);

// Parameters have their prefix, so that they never meet a metric of the same name.
Table runs = results.Successful.ToTable();

Table settings = runs
    .GroupBy("param_Spread", "param_Darts")
    .Aggregate(
        Aggregate.Count(), Aggregate.Mean("share").As("share"), Aggregate.StandardDeviation("share").As("±"),
        Aggregate.Max("hits").As("most"))
    .Sort("param_Spread", SortKey.Descending("param_Darts"));
Console.WriteLine(settings.ToText(TableFormat.Markdown));

// A table of other data, joined by what both have.
Table players = Table.From([new Player(0.5, "Ada"), new Player(1.0, "Ben"), new Player(4.0, "Cleo")]);
Table named = runs.Rename("param_Spread", "Spread").Join(players, on: "Spread");
Console.WriteLine($"{named.RowCount} of {runs.RowCount} runs have a player.");

// One row per player, one column per number of darts.
Console.WriteLine(named.Pivot("param_Darts", Aggregate.Mean("share"), "Name").ToText(TableFormat.Markdown));

// Back into typed C#.
Table best = named.Select("Name", "hits", "share").Sort(SortKey.Descending("share")).Head(3);
foreach (Outcome outcome in best.As<Outcome>()) Console.WriteLine(outcome);

// For other programs; every file is written whole or not at all.
string folder = Directory.CreateTempSubdirectory("assay-tables-").FullName;
string[] names = ["runs.csv", "runs.ndjson", "runs.parquet", "runs.arrow", "runs.avro"];
foreach (string name in names) runs.Save(Path.Combine(folder, name));
runs.Save(Path.Combine(folder, "small.parquet"), TableFormats.Parquet(new() { Compression = ParquetCompression.Brotli }));

// Read again: in whole, or mapped, so that only the columns that are touched come from the disk.
Table back = Table.Load(Path.Combine(folder, "runs.parquet"));
using (MappedTable mapped = Table.Map(Path.Combine(folder, "runs.arrow")))
{
    double sum = 0;
    foreach (double share in mapped.Table["share"].AsDoubles()) sum += share;
    Console.WriteLine($"{back.RowCount} rows back from Parquet; mean share by the mapped file {sum / mapped.Table.RowCount:0.000}");
}

Directory.Delete(folder, recursive: true);

record Throw(int Darts, double Spread);

record Player(double Spread, string Name);

record Outcome(string Name, long Hits, double Share);
