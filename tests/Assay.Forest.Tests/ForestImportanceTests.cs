using Assay.Analysis;

namespace Assay.Forest.Tests;

public sealed class ForestImportanceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>For independent uniform a and b, 3a + b has the variances 9/12 and 1/12.</summary>
    [Fact]
    public void Shares_of_a_random_search_are_those_of_the_function()
    {
        ForestImportance found = Random(600, (a, b, _) => (3 * a) + b).ForestImportance("y", ["a", "b", "c"]);

        Assert.InRange(found.Effects["a"].Share!.Value, 0.85, 0.95);
        Assert.InRange(found.Effects["b"].Share!.Value, 0.05, 0.15);
        Assert.InRange(found.Effects["c"].Share!.Value, 0, 0.01);
        Assert.InRange(found.Fit, 0.9, 1);
        Assert.Null(found.Note);
        Assert.Equal((600, 0), (found.Runs, found.LeftOut));
    }

    /// <summary>The product of two signs has no main effects.</summary>
    [Fact]
    public void What_two_parameters_do_together_is_an_effect_of_the_pair()
    {
        ForestImportance found = Random(800, (a, b, _) => Math.Sign(a - 0.5) * Math.Sign(b - 0.5)).ForestImportance("y", ["a", "b", "c"]);

        Assert.InRange(found.Effects["a", "b"].Share!.Value, 0.8, 1);
    }

    [Fact]
    public void A_grid_with_gaps_agrees_with_the_exact_importance_of_the_full_one()
    {
        Table full = Table.From(
            from a in Enumerable.Range(0, 6)
            from b in Enumerable.Range(0, 6)
            from k in new[] { "x", "y", "z" }
            select new { a, b, k, y = (2.0 * a) + (b * (k == "x" ? 1 : 0)) });
        Table gaps = full.Where(row => row.Index % 7 != 3);

        Importance exact = full.Importance("y", "a", "b", "k");
        Assert.Throws<AssayException>(() => gaps.Importance("y", "a", "b", "k"));
        ForestImportance found = gaps.ForestImportance("y", ["a", "b", "k"], new() { LeastInLeaf = 1 });

        foreach (ImportanceEffect effect in exact.Effects)
            Assert.Equal(effect.Share!.Value, found.Effects[[.. effect.Names]].Share!.Value, 0.05);
    }

    [Fact]
    public void The_same_runs_give_the_same_shares()
    {
        Table runs = Random(100, (a, b, c) => a * b * c);

        Assert.Equal(runs.ForestImportance("y", ["a", "b"]).ToString(), runs.ForestImportance("y", ["a", "b"]).ToString());
    }

    [Fact]
    public void Noise_is_told()
    {
        ForestImportance found = Random(200, (_, _, c) => (c * 7919) % 1).ForestImportance("y", ["a", "b"]);

        Assert.Contains("so the shares mean little", found.Note);
        Assert.Contains("so the shares mean little", found.ToString());
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void Numbers_that_single_precision_does_not_hold_have_the_same_shares(double unit)
    {
        Table runs = Random(200, (a, b, _) => a + (2 * b)), scaled = Random(200, (a, b, _) => (a + (2 * b)) * unit);

        Assert.Equal(
            runs.ForestImportance("y", ["a", "b"]).Effects["b"].Share!.Value,
            scaled.ForestImportance("y", ["a", "b"]).Effects["b"].Share!.Value, 0.001);
    }

    [Fact]
    public async Task Runs_that_failed_are_left_out_and_counted()
    {
        Results results = await Experiment
            .Create<Point>("search", "1", (p, run) =>
            {
                if (p.Rate > 0.9) throw new InvalidOperationException("diverged");
                run.Metric("loss", p.Rate * p.Rate);
            })
            .Over(Space.Of<Point>().Random(100, seed: 1, draw => draw.Uniform(p => p.Rate, 0, 1).Choice(p => p.Kind, "a", "b")))
            .RunAsync(new() { Store = _folder.File("store"), Progress = ProgressMode.None, StopWhenFirstFail = null });

        ForestImportance found = results.ForestImportance("loss");

        Assert.Equal(results.Failed.Count, found.LeftOut);
        Assert.Equal(100, found.Runs + found.LeftOut);
        Assert.InRange(found.Effects["Rate"].Share!.Value, 0.98, 1);
        Assert.Contains(
            "no run has a value called 'Rates'",
            Assert.ThrowsAny<AssayException>(() => results.ForestImportance("loss", ["Rates"])).Message);
    }

    [Fact]
    public void Too_few_runs_and_parameters_that_do_not_vary_are_refused()
    {
        Assert.Contains("19 runs have a finite number called 'y'; expected at least 20",
            Assert.Throws<AssayException>(() => Random(19, (a, _, _) => a).ForestImportance("y", ["a"])).Message);
        Table constant = Table.From(Enumerable.Range(0, 30).Select(i => new { a = 1, y = (double)i }));
        Assert.Contains(
            "no parameter has more than one value", Assert.Throws<AssayException>(() => constant.ForestImportance("y", ["a"])).Message);
        Assert.Contains(
            "Trees is 3; expected 10",
            Assert.Throws<AssayException>(() => constant.ForestImportance("y", ["a"], new() { Trees = 3 })).Message);
    }

    private static Table Random(int count, Func<double, double, double, double> function)
    {
        var random = new SeedBundle(7, 0).Random();
        return Table.From(Enumerable.Range(0, count).Select(_ =>
        {
            (double a, double b, double c) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
            return new { a, b, c, y = function(a, b, c) };
        }));
    }

    private sealed record Point(double Rate, string Kind);
}
