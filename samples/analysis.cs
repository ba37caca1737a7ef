#:project ../src/Assay/Assay.csproj
#:project ../src/Assay.Analysis/Assay.Analysis.csproj
// From a sweep to a conclusion: how many neighbours, and which features, classify Fisher's iris flowers best? Prints means with intervals,
// paired comparisons with corrected p-values, the importance of both parameters and how many replicates a smaller difference needs, and
// writes four figures and a report below output/analysis.
using System.Globalization;
using Assay;
using Assay.Analysis;

string folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var iris = new Iris(new FileRef(Path.Combine(folder, "data", "iris.csv")));

Results results = await Experiment
    .Create("neighbours", version: "1", iris, (Vote p, Iris data, RunContext run) =>
    {
        // Replicates of all points have the same seeds, so the same flowers are held back.
        Flower[] flowers = [.. run.Shared("flowers", data.Load)];
        run.Seeds.Random("split").Shuffle(flowers);
        (Flower[] held, Flower[] known) = (flowers[..75], flowers[75..]);
        int right = held.Count(flower => known.OrderBy(other => flower.Distance(other, p.Features)).Take(p.Neighbours)
            .GroupBy(other => other.Species).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key
                == flower.Species);
        run.Metric("accuracy", right / (double)held.Length);
    })
    .Over(Space.Of<Vote>().Grid(p => p.Neighbours, 1, 5, 25, 60).Grid(p => p.Features, "sepal", "petal", "all"))
    .Repeat(20, seed: 7)
    .RunAsync(args);

Console.Write(results.Intervals("accuracy", by: ["Neighbours", "Features"], method: IntervalMethod.T)
    .Select("Neighbours", "Features", "mean", "lower_bound", "upper_bound", "count").ToText(TableFormat.Text));

foreach (Comparison pair in results.CompareAll("accuracy", "Features", pairedBy: ["Neighbours", "seed"], cluster: "seed"))
    Console.WriteLine($"{pair.A} against {pair.B}: {pair}, corrected p = {pair.AdjustedPValue:G3}");
Console.WriteLine(results.Importance("accuracy"));
Console.WriteLine($"{Power.ForDifference(0.01, standardDeviation: 0.03).Replicates} replicates show a difference of 0.01");

results.PlotMetric("Neighbours", "accuracy", color: "Features").LogX().Save("output/analysis/neighbours.svg");
results.PlotHeatmap("Neighbours", "Features", "accuracy").Save("output/analysis/heatmap.svg");
Table runs = results.ToTable();
runs.PlotBoxes("param_Features", "accuracy").Save("output/analysis/features.svg");
runs.PlotDistribution("accuracy", color: "param_Features").Save("output/analysis/distribution.svg");
results.Report("output/analysis/report.html", new() { Title = "Neighbours on iris" });
Console.WriteLine("4 figures and report.html in output/analysis");

record Vote(int Neighbours, string Features);

record Flower(double[] Sizes, string Species)
{
    public double Distance(Flower other, string features) => Enumerable.Range(0, 4)
        .Where(i => features == "all" || (i < 2 == (features == "sepal")))
        .Sum(i => (Sizes[i] - other.Sizes[i]) * (Sizes[i] - other.Sizes[i]));
}

record Iris(FileRef File)
{
    public Flower[] Load() => [.. File.ReadAllLines().Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))
        .Select(cells => new Flower([.. cells[..4].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))], cells[4]))];
}
