namespace Assay.Analysis.Tests.Figures;

public sealed class ResultsFigureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Results_are_plotted_by_the_names_of_conditions()
    {
        Results results = await Run();
        LineMark line = (LineMark)results.PlotMetric("rate", "metrics.loss", "Hidden").Panels[0].Marks[0];
        Assert.Equal([0.1, 0.2], line.X);
        Assert.Equal([3, 2], line.Counts);
        HeatmapMark cells = (HeatmapMark)results.PlotHeatmap("Rate", "hidden", "loss").Panels[0].Marks[0];
        Assert.Equal(2, cells.Values.Count);
        Assert.Equal(2, results.PlotMetrics("Rate", ["loss", "hidden"]).Panels.Count);
        Assert.Contains("Did you mean", Assert.ThrowsAny<AssayException>(() => results.PlotMetric("Rates", "loss")).Message);
    }

    [Fact]
    public async Task Runs_without_the_metric_are_counted() => Assert.Equal(
        "1 value that is missing or no finite number is left out.", (await Run()).PlotMetric("Rate", "loss").Notes[^1]);

    [Fact]
    public async Task Curves_are_means_over_runs_for_each_value()
    {
        Results results = await Run();
        Figure figure = results.PlotSeries("course", by: "Hidden");
        Assert.Equal(["4", "16"], figure.Panels[0].Marks.Select(mark => mark.Name));
        LineMark line = (LineMark)figure.Panels[0].Marks[0];
        Assert.True(line.Band);
        Assert.Equal([0, 1, 2], line.X);
        Assert.Equal([6, 6, 6], line.Counts);
        Assert.Equal("course", figure.Panels[0].Y.Label);
        Assert.Equal(12, results.PlotSeries("course", by: "run_id").Panels[0].Marks.Count);
        Assert.Single(results.PlotSeries("course").Panels[0].Marks);
    }

    private Task<Results> Run() => Experiment
        .Create<Point>("noise", (point, run) =>
        {
            for (int step = 0; step < 3; step++) run.Metric("course", point.Hidden / (step + 1.0), step);
            if (point is { Hidden: 4, Rate: 0.2 } && run.Seeds.Replicate == 2) throw new InvalidOperationException("lost");
            run.Metric("loss", point.Hidden + run.Seeds.Replicate);
        })
        .Over(Space.Of<Point>().Grid(p => p.Hidden, 4, 16).Grid(p => p.Rate, 0.1, 0.2))
        .Repeat(3, seed: 1)
        .RunAsync(new RunOptions
        {
            Store = _folder.File("store"),
            Progress = ProgressMode.None,
            HandleSignals = false,
            StopWhenFirstFail = null,
        });

    private sealed record Point(int Hidden, double Rate);
}
