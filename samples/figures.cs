#:project ../src/Assay/Assay.csproj
#:project ../src/Assay.Analysis/Assay.Analysis.csproj
// Figures of every kind from one small sweep: gradient descent with momentum down a noisy valley. Each is saved as SVG and PNG below
// output/figures, and all of them on one page, output/figures/gallery.html, which needs no network.
using Assay;
using Assay.Analysis;

var experiment = Experiment
    .Create<Descent>("descent", version: "1", (p, run) =>
    {
        SeededRandom random = run.Seeds.Random();
        (double x, double y, double vx, double vy) = (4 + random.NextNormal(), 2 + random.NextNormal(), 0.0, 0.0);
        for (int step = 0; step < 60; step++)
        {
            vx = (p.Momentum * vx) - (p.LearningRate * ((0.2 * x) + (random.NextNormal() * p.Noise)));
            vy = (p.Momentum * vy) - (p.LearningRate * ((4 * y) + (random.NextNormal() * p.Noise)));
            (x, y) = (x + vx, y + vy);
            run.Metric("loss", (0.1 * x * x) + (2 * y * y), step);
        }

        run.Metric("final_loss", (0.1 * x * x) + (2 * y * y));
        double distance = Math.Sqrt((x * x) + (y * y));
        run.Metric("distance", distance);
        run.Metric("arrived", distance < 1);
        run.Metric("confidence", 1 / (1 + distance));
    })
    .Over(Space.Of<Descent>()
        .Grid(p => p.LearningRate, 0.01, 0.03, 0.1, 0.3)
        .Grid(p => p.Momentum, 0.0, 0.5, 0.9)
        .Grid(p => p.Noise, 0.1, 1.0))
    .Repeat(10, seed: 1);

Results results = await experiment.RunAsync(args);
Table runs = results.ToTable();
const string Rate = "param_LearningRate", Momentum = "param_Momentum", Noise = "param_Noise";

var figures = new Dictionary<string, Figure>
{
    ["metric"] = results.PlotMetric(x: "LearningRate", y: "distance", color: "Momentum").LogX().LogY(),
    ["metric-dark"] = results.PlotMetric(x: "LearningRate", y: "distance", color: "Momentum").LogX().LogY().Dark(),
    ["facets"] = results.PlotMetric("LearningRate", "distance", "Momentum", new() { FacetColumn = "Noise" }).LogX().LogY().Size(900, 420),
    ["metrics"] = results.PlotMetrics("LearningRate", ["distance", "arrived"], color: "Momentum").LogX().Size(900, 420),
    ["curves"] = results.Where("Momentum = 0.5").PlotSeries("loss", by: "LearningRate").LogY(),
    ["heatmap"] = results.PlotHeatmap("LearningRate", "Momentum", "distance"),
    ["contour"] = runs.PlotContour(Rate, Momentum, "distance").LogX(),
    ["scatter"] = runs.PlotScatter("distance", "final_loss", color: Momentum, text: "run_id").LogX().LogY(),
    ["bars"] = runs.PlotBars(Momentum, "arrived", color: Noise),
    ["histogram"] = runs.PlotHistogram("distance", color: Noise),
    ["boxes"] = runs.PlotBoxes(Rate, "distance", color: Noise),
    ["violins"] = runs.PlotViolins(Momentum, "distance"),
    ["distribution"] = runs.PlotDistribution("distance", color: Momentum).LogX(),
    ["parallel"] = runs.PlotParallel([Rate, Momentum, Noise, "final_loss"], color: "distance"),
    ["pareto"] = runs.PlotPareto(Objective.Min("distance"), Objective.Min("final_loss")).LogX().LogY(),
    ["importance"] = results.Importance("distance").ToTable().PlotImportance("effect", "share"),
    ["calibration"] = runs.PlotCalibration("confidence", "arrived", bins: 5),
};

foreach ((string name, Figure figure) in figures)
{
    figure.Save($"output/figures/{name}.svg");
    figure.Save($"output/figures/{name}.png");
    Console.WriteLine($"{name}: {figure.Title}");
}

File.WriteAllText("output/figures/gallery.html", Figure.ToHtml([.. figures.Values], title: "Figures of Assay"));
Console.WriteLine($"{figures.Count} figures in output/figures; open gallery.html");

record Descent(double LearningRate, double Momentum, double Noise);
