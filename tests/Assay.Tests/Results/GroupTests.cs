namespace Assay.Tests.Reading;

/// <summary>Groups of replicates: the same names and the same numbers, whoever asks.</summary>
[Trait("Category", "Quick")]
public sealed class GroupTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_best_group_is_the_one_with_the_best_mean()
    {
        Results results = await Run();

        RankedGroup best = results.Best("score", by: ["Rate"]), least = results.Best("score", by: ["Rate"], maximize: false);

        // The single best run has rate 1; its group has not.
        Assert.Equal(1.0, results.Best("score").Params["Rate"]);
        Assert.Equal((2.0, 6.0, 1.0, 3), (best.Key["Rate"], best.Mean, best.StandardDeviation, best.Runs.Count));
        Assert.Equal((7.0, 7.0), (best.Runs[0].Value, best.Best.Metrics["score"]));
        Assert.Equal((1.0, 4.5), (least.Key["Rate"], least.Mean));
        Assert.Equal("Rate 2.0: 6.00 ± 1.00 (n=3)", best.ToString());
    }

    [Theory]
    [InlineData("Rate")]
    [InlineData("rate")]
    [InlineData("params.Rate")]
    [InlineData("param_Rate")]
    public async Task A_parameter_has_the_same_names_wherever_runs_are_grouped(string name)
    {
        Results results = await Run();

        Assert.Equal([2.0, 1.0], results.Rank("score", [name]).Select(g => g.Key[name]));
        Assert.Equal([1.0, 2.0], results.Stats([name]).Select(g => g.Key[name]));
        Table groups = results.GroupBy(name).Aggregate(Aggregate.Mean("score"));
        Assert.Equal([(1.0, 4.5), (2.0, 6.0)], groups.Rows.Select(r => ((double)r[name]!, (double)r["score_mean"]!)));
    }

    [Fact]
    public async Task A_name_of_a_parameter_and_a_metric_is_refused_wherever_runs_are_grouped()
    {
        Results results = await Experiment
            .Create<Point>("both", (p, run) => run.Metric("Rate", p.Rate))
            .Over(Space.Of<Point>().Grid(p => p.Rate, 1.0, 2.0))
            .RunAsync(_store.Options);

        Action[] questions = [() => results.Rank("metrics.Rate", ["Rate"]), () => results.Stats(["Rate"]), () => results.GroupBy("Rate")];
        Assert.All(questions, ask => Assert.Contains(
            "Write 'params.Rate' or 'metrics.Rate'", Assert.Throws<AssayException>(ask).Message, StringComparison.Ordinal));
        Assert.Equal(["params.Rate"], results.Stats()[0].Key.Keys);
    }

    [Fact]
    public async Task Statistics_are_by_default_over_what_was_varied()
    {
        Results results = await Run();

        IReadOnlyList<RunGroup> groups = results.Stats();

        Assert.Equal(["Rate"], groups[0].Key.Keys);
        Assert.Equal((3, 0), (groups[0].Successful, groups[0].NotSuccessful));
        Assert.Equal(new MetricStatistics(3, 4.5, 3.5), groups[0].Metrics["score"]);
        RunGroup all = Assert.Single(results.Stats([], ["duration", "score"]));
        Assert.Equal((6, "duration,score"), (all.Successful, string.Join(',', all.Metrics.Keys)));
    }

    [Fact]
    public async Task A_group_with_NaN_has_no_mean_and_comes_last()
    {
        Results results = await Experiment
            .Create<Point>("nan", (p, run) => run.Metric("score", p.Rate == 2.0 && run.Seeds.Replicate == 0 ? double.NaN : p.Rate))
            .Over(Space.Of<Point>().Grid(p => p.Rate, 1.0, 2.0)).Repeat(2)
            .RunAsync(_store.Options);

        Assert.Equal([(1.0, 0), (2.0, 1)], results.Rank("score", ["Rate"]).Select(g => ((double)g.Key["Rate"]!, g.Undefined)));
        Assert.Equal("Rate 2.0: NaN (n=2, 1 NaN)", results.Rank("score", ["Rate"])[1].ToString());
        Assert.Equal(1.0, results.Best("score", by: ["Rate"]).Mean);
        Assert.Contains(
            "'score' is NaN in a run of every group", Assert.Throws<AssayException>(() => results.Best("score", by: [])).Message,
            StringComparison.Ordinal);
    }

    // Rate 1: 1, 4.5, 8; rate 2: 5, 6, 7.
    private Task<Results> Run() => Experiment
        .Create<Point>("groups", (p, run) => run.Metric("score", p.Rate == 1.0 ? 1 + (3.5 * run.Seeds.Replicate) : 5 + run.Seeds.Replicate))
        .Over(Space.Of<Point>().Grid(p => p.Rate, 1.0, 2.0)).Repeat(3)
        .RunAsync(_store.Options);

    private sealed record Point(double Rate, int Depth = 3);
}
