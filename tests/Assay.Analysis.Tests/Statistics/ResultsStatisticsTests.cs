namespace Assay.Analysis.Tests;

public sealed class ResultsStatisticsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Means_of_what_was_varied_have_intervals_and_failures_are_told()
    {
        Results results = await Run();

        Table intervals = results.Intervals("loss");

        Assert.Equal(["Hidden", "Rate"], intervals.Columns.Take(2).Select(c => c.Name));
        Assert.Equal(4, intervals.RowCount);
        Table byHidden = results.Intervals("loss", by: ["hidden"]);
        Assert.Equal([5L, 6], byHidden["count"].AsInt64s().ToArray());
        Assert.Equal(["1 run did not succeed", null], byHidden["note"].Texts());
        Assert.Equal(11L, results.Intervals("duration", by: [])["count"][0]);
    }

    [Fact]
    public async Task Two_settings_are_compared_on_the_same_seeds()
    {
        Results results = await Run();

        Comparison comparison = results.Compare("loss", "Hidden", a: 4, b: 16, pairedBy: ["Rate", "seed"]);

        // The noise of a seed is common to both settings, so that each difference is 1 within rounding.
        Assert.Equal((5, true), (comparison.Count, comparison.IsPaired));
        Assert.Equal(1, comparison.Difference.Estimate!.Value, 1e-12);
        Assert.Contains("2 runs without a value or partner left out", comparison.Notes);
        Assert.Equal(11, results.Compare("loss", "Hidden", 4, 16).Count);
        Assert.Single(results.CompareAll("loss", "Hidden"));
    }

    [Fact]
    public async Task Runs_that_cannot_be_told_apart_are_no_pairs()
    {
        Results results = await Run();

        string message = Assert.Throws<TableException>(() => results.Compare("loss", "Hidden", 4, 16, pairedBy: ["Rate"])).Message;

        Assert.StartsWith("3 runs with Hidden = 4 share Rate = 0.1; expected one on each side of a pair.", message);
    }

    [Fact]
    public async Task Unknown_names_suggest_the_nearest()
    {
        Results results = await Run();
        Action[] questions =
        [
            () => results.Intervals("los"),
            () => results.Compare("los", "Hidden", 4, 16),
            () => results.Correlations(y: ["los"]),
            () => results.Pareto(Objective.Min("los")),
        ];

        Assert.All(questions, ask => Assert.Contains("Did you mean 'loss'?", Assert.ThrowsAny<AssayException>(ask).Message));
        Assert.Equal(
            "No run has Hidden = 5; there are 4, 16.",
            Assert.Throws<TableException>(() => results.Compare("loss", "Hidden", 4, 5)).Message);
    }

    [Fact]
    public async Task Parameters_are_correlated_with_metrics()
    {
        Results results = await Run();

        Table found = results.Correlations();

        Assert.Equal([("Hidden", "loss"), ("Rate", "loss")], found.Rows.Select(r => ((string)r["x"]!, (string)r["y"]!)));
        Assert.Equal([11L, 11], found["count"].AsInt64s().ToArray());
        Assert.True((double)found["spearman"][0]! > 0.8);
    }

    [Fact]
    public async Task The_front_of_runs_is_a_view_of_runs()
    {
        Results results = await Run();

        Results front = results.Pareto(Objective.Min("loss"), Objective.Max("Rate"));

        RunRecord best = results.Best("loss", maximize: false);
        Assert.Contains(best.Id, front.Select(r => r.Id));
        Assert.All(front, run => Assert.Equal(4L, run.Params["Hidden"]));
    }

    private Task<Results> Run() => Experiment
        .Create<Point>("noise", (point, run) =>
        {
            if (point is { Hidden: 4, Rate: 0.2 } && run.Seeds.Replicate == 2) throw new InvalidOperationException("lost");
            run.Metric("loss", (point.Hidden == 4 ? 1 : 2) + (0.1 * run.Seeds.Replicate) + (0.01 * point.Rate));
        })
        .Over(Space.Of<Point>().Grid(p => p.Hidden, 4, 16).Grid(p => p.Rate, 0.1, 0.2))
        .Repeat(3)
        .RunAsync(new RunOptions
        {
            Store = _folder.File("store"),
            Progress = ProgressMode.None,
            HandleSignals = false,
            StopWhenFirstFail = null,
        });

    private sealed record Point(int Hidden, double Rate);
}
