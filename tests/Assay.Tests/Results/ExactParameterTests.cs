using System.Numerics;
using Spectre.Console;

namespace Assay.Tests.Reading;

/// <summary>Parameters come back as what they were: two points never look alike because of how a number was read.</summary>
public sealed class ExactParameterTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Infinity_on_an_axis_leaves_it_an_axis_of_numbers()
    {
        Results results = await Run("clip", 0.5, 1, double.PositiveInfinity);
        Assert.Equal("0.5,1.0,Infinity", Reals(results));
        Assert.Equal(double.PositiveInfinity, results.Best("x").Params["x"]);
        Assert.Single(results.Filter(new { x = double.PositiveInfinity }));
    }

    [Fact]
    public async Task NaN_on_an_axis_is_a_number_that_is_none() =>
        Assert.Equal("1.0,NaN", Reals(await Run("nan", 1, double.NaN)));

    [Fact]
    public async Task A_text_that_reads_like_a_number_is_still_found_as_text()
    {
        Results results = await Run("text", "NaN", "a");
        Assert.Single(results.Filter(new { x = "NaN" }));
        Assert.Equal("NaN,a", Texts(results));
    }

    [Fact]
    public async Task Decimals_that_no_double_tells_apart_stay_apart()
    {
        const decimal One = 0.1234567890123456789012m, Other = 0.1234567890123456789013m;
        Results results = await Run("decimal", One, Other, 0.5m);
        Assert.Equal([One, Other, 0.5], results.Select(r => r.Params["x"]));
        Assert.Single(results.Filter(new { x = One }));
        Assert.Single(results.Filter(new { x = 0.5m }));
        Assert.Equal(3, results.Stats([RunField.Parse("x")], null).Count);
        Assert.Equal("0.1234567890123456789012,0.1234567890123456789013,0.5", Texts(results));
    }

    [Fact]
    public async Task Whole_numbers_of_any_size_stay_apart()
    {
        BigInteger big = BigInteger.Pow(10, 40);
        Results integers = await Run("big", big, big + 1);
        Assert.Equal([big, big + 1], integers.Select(r => r.Params["x"]));
        Assert.Single(integers.Filter(new { x = big }));
        Assert.Equal(2, integers.Stats([RunField.Parse("x")], null).Count);

        Results unsigned = await Run("unsigned", (UInt128)ulong.MaxValue + 1, (UInt128)ulong.MaxValue + 2);
        Assert.Single(unsigned.Filter(new { x = (UInt128)ulong.MaxValue + 1 }));
        Assert.Equal("18446744073709551616,18446744073709551617", Texts(unsigned));
    }

    [Fact]
    public async Task Doubles_of_all_lengths_stay_doubles()
    {
        double[] all = [1.2345678901234567e20, 0.1, -1.2345678901234567e-300, 5e-324, double.MaxValue, 123456789012345680000.0];
        Assert.Equal(all.Cast<object?>(), (await Run("double", all)).Select(r => r.Params["x"]));
    }

    [Fact]
    public async Task Keys_with_dots_never_take_the_place_of_nested_ones()
    {
        var values = new Dictionary<string, object?> { ["a.b"] = 1, ["a"] = new Dictionary<string, object?> { ["b"] = 2 } };
        Results results = await Experiment.Create<Bag>("dots", (_, run) => run.Metric("y", 1)).Over(Space.Values(new Bag(values)))
            .RunAsync(_store.Options);
        Table table = results.ToTable();
        Assert.Equal((1L, 2L), (table["param_D[\"a.b\"]"][0], table["param_D.a.b"][0]));
        Assert.Single(results.Filter(new Dictionary<string, object?> { ["D.a.b"] = 2 }));
        using var text = new StringWriter();
        results.Display(text, width: null);
        Assert.Contains("a.b", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_curve_is_ranked_filtered_and_sorted_by_its_last_value()
    {
        Results results = await Experiment.Create<int>("curve", (n, run) =>
        {
            run.Metric("loss", 10 - n, step: 0);
            run.Metric("loss", n, step: 1);
        }).Over(Space.Values(1, 2, 3)).RunAsync(_store.Options);
        Assert.Equal(3L, results.Best("loss").Params["n"]);
        Assert.Equal([1L, 2L], results.Filter("loss", max: 2).Select(r => r.Params["n"]));
        Assert.Equal([3L, 2L, 1L], results.Sort("loss", descending: true).Select(r => r.Params["n"]));
        Assert.Equal(3, results.Stats([RunField.Parse("loss")], null).Count);
    }

    [Fact]
    public async Task Rows_of_runs_that_failed_are_marked()
    {
        Results results = await Experiment.Create<int>("rows", (n, run) =>
        {
            run.Row(new { fold = 0 });
            if (n == 2) throw new InvalidOperationException("diverged");
        }).Over(Space.Values(1, 2)).RunAsync(_store.Options);
        Assert.Equal(
            $"n,status,fold,run_id\n1,success,0,{results[0].Id}\n2,failed,0,{results[1].Id}\n", results.Rows.ToText(TableFormat.Csv));
        Assert.Equal($"n,fold,run_id\n1,0,{results[0].Id}\n", results.Successful.Rows.ToText(TableFormat.Csv));
    }

    [Fact]
    public async Task Whole_numbers_that_doubles_cannot_tell_apart_are_ranked_and_sorted_by_value()
    {
        Results results = await Experiment.Create<int>("large", (n, run) =>
        {
            run.Metric("low", long.MaxValue - n);
            run.Metric("high", ulong.MaxValue - (ulong)n);
        }).Over(Space.Values(0, 1, 2)).RunAsync(_store.Options);
        foreach (string name in (string[])["low", "high"])
        {
            Assert.Equal(2L, results.Best(name, maximize: false).Params["n"]);
            Assert.Equal(0L, results.Best(name).Params["n"]);
            Assert.Equal([2L, 1L, 0L], results.Sort(name).Select(run => run.Params["n"]));
            Assert.Equal([0L, 1L, 2L], results.Sort(name, descending: true).Select(run => run.Params["n"]));
        }
    }

    [Fact]
    public async Task A_decimal_is_found_by_itself()
    {
        decimal[] values = [0.1m, decimal.MaxValue, 1e-28m, 0.1234567890123456789012345678m, 12345678901234567890.5m];
        Results results = await Run("decimals", values);
        foreach (decimal value in values) Assert.Single(results.Filter(new { x = value }));
    }

    // Of the column's own type: anything else is refused.
    private static string Reals(Results results) =>
        string.Join(',', results.ToTable()["param_x"].AsDoubles().ToArray().Select(v => new JsonBuffer().Real(v).ToString().Trim('"')));

    private static string Texts(Results results) => string.Join(',', results.ToTable()["param_x"].AsStrings().ToArray());

    private Task<Results> Run<T>(string name, params T[] values) =>
        Experiment.Create<T>(name, (x, run) => run.Metric("y", 1)).Over(Space.Values(values)).RunAsync(_store.Options);

    private sealed record Bag(Dictionary<string, object?> D);
}
