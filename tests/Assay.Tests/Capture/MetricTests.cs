using System.Globalization;

namespace Assay.Tests.Capture;

public class MetricTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(1.0)]
    [InlineData(0.1)]
    [InlineData(-1e-7)]
    public Task A_real_number_comes_back_as_it_was(double value) => Captured.By(
        run => run.Metric("x", value),
        run => Assert.Equal(value, Assert.IsType<double>(run.Metrics["x"])));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(0L)]
    public Task A_whole_number_comes_back_as_it_was(long value) => Captured.By(
        run => run.Metric("x", value),
        run => Assert.Equal(value, Assert.IsType<long>(run.Metrics["x"])));

    [Fact]
    public Task Text_and_truth_come_back_as_they_were() => Captured.By(
        run =>
        {
            run.Metric("text", "größe \"quoted\" \\ \n\t\0 🎲");
            run.Metric("empty", "");
            run.Metric("yes", true);
        },
        run =>
        {
            Assert.Equal("größe \"quoted\" \\ \n\t\0 🎲", run.Metrics["text"]);
            Assert.Equal("", run.Metrics["empty"]);
            Assert.Equal(true, run.Metrics["yes"]);
        });

    [Fact]
    public Task Half_a_surrogate_pair_anywhere_is_kept_and_stops_no_reader() => Captured.By(
        run =>
        {
            run.Metric("text", "a\ud800b");
            run.Metric("na\udc00me", 1);
            run.Log("cut \ud83d");
            run.Tag("t\ud800");
            run.Row(new Dictionary<string, object> { ["c\ud800"] = "v\ud800" });
        },
        run =>
        {
            Assert.Equal("a\ud800b", run.Metrics["text"]);
            Assert.Equal(1L, run.Metrics["na\udc00me"]);
            Assert.Equal("cut \ud83d", run.Log[0].Message);
            Assert.Equal("t\ud800", Assert.Single(run.Tags));
            Assert.Equal("v\ud800", run.Rows[0]["c\ud800"]);
        });

    [Fact]
    public async Task Half_a_surrogate_pair_among_parameters_and_labels_is_kept_and_can_be_shown_and_saved()
    {
        using var store = new TestStore();
        Space<string> space =
            Space.Product(text => text, [Variable.Of("p\ud800", new { label = "l\udfff" }), Variable.Of("p\ud801", new { label = "m" })]);
        Results results = await Experiment.Create<string>("halves", (text, run) => run.Metric("length", text.Length)).Over(space)
            .RunAsync(store.Options);
        Assert.Equal(["p\ud800", "p\ud801"], results.Select(r => r.Params["text"]));
        Assert.Equal("l\udfff", results[0].Labels["label"]);
        foreach (string format in new[] { "csv", "json", "ndjson" }) results.Save(store.File("table." + format));
        Assert.Equal(2, results.Stats([RunField.Parse("text")], null).Count);
        Assert.Single(results.Filter(new { text = "p\ud800" }));
        Assert.Equal(2, (await Experiment.Create<string>("halves", (_, _) => { }).Over(space).RunAsync(store.Options)).Count);
    }

    [Fact]
    public Task The_last_value_of_a_name_counts_and_the_order_is_of_first_appearance() => Captured.By(
        run =>
        {
            for (int i = 0; i < 30; i++) run.Metric($"m{i}", i);
            run.Metric("m3", "three");
            run.Metric("m0", 0.5);
        },
        run =>
        {
            Assert.Equal(Enumerable.Range(0, 30).Select(i => $"m{i}"), run.Metrics.Keys);
            Assert.Equal(("three", 0.5, 1L), ((string)run.Metrics["m3"]!, (double)run.Metrics["m0"]!, (long)run.Metrics["m1"]!));
        });

    [Fact]
    public Task Many_at_once_come_from_an_object_or_a_dictionary_of_any_kinds_of_numbers() => Captured.By(
        run =>
        {
            run.Metrics(
                new { a = 1, b = 1.5f, c = (Half)0.5, d = 2.5m, e = ulong.MaxValue, f = DayOfWeek.Friday, g = (string?)null, h = (byte)7 });
            run.Metrics(new Dictionary<string, int> { ["i"] = 9 });
        },
        run => Assert.Equal(
            [1L, 1.5, 0.5, 2.5, ulong.MaxValue, "Friday", null, 7L, 9L], run.Metrics.Values));

    [Fact]
    public async Task A_metric_of_another_type_is_told_with_name_and_remedy()
    {
        string fault = await Captured.Fault(run => run.Metrics(new { good = 1, list = new[] { 1 } }));
        Assert.Contains("metric 'list' has a value of type System.Int32[]; expected a number, text or a truth value. Record structured "
            + "values with run.Data", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_blank_name_is_refused(string name) =>
        Assert.Contains($"a metric has the name '{name}'; expected a name that is not blank",
            await Captured.Fault(run => run.Metric(name, 1)), StringComparison.Ordinal);

    [Fact]
    public Task Stepped_points_come_back_by_step_in_the_order_of_recording() => Captured.By(
        run =>
        {
            for (int step = 0; step < 1500; step++) run.Metric("loss", 1.0 / (step + 1), step);
            run.Metric("loss", double.NaN, step: 3);
            run.Metric("loss", double.NegativeInfinity, step: -5);
            run.Metrics(new { loss = 7, accuracy = (Half)0.5 }, step: 3);
            run.Metric("loss", 42);
        },
        run =>
        {
            Assert.Equal(["loss", "accuracy"], run.SeriesNames);
            IReadOnlyList<SeriesPoint> loss = run.Series("loss");
            Assert.Equal(1503, loss.Count);
            Assert.Equal((-5L, double.NegativeInfinity), (loss[0].Step, loss[0].Value));
            Assert.Equal([0.25, double.NaN, 7], loss.Where(p => p.Step == 3).Select(p => p.Value));
            Assert.Equal(1.0 / 1500, loss[^1].Value);
            Assert.Equal(0.5, Assert.Single(run.Series("accuracy")).Value);
            Assert.Equal(42L, run.Metrics["loss"]);
            Assert.DoesNotContain("accuracy", run.Metrics.Keys);
        });

    [Fact]
    public async Task A_stepped_value_that_is_no_number_is_told()
    {
        Assert.Contains("stepped metric 'name' is text; expected a number",
            await Captured.Fault(run => run.Metrics(new { name = "text" }, step: 1)), StringComparison.Ordinal);
        Assert.Contains("stepped metric 'name' is null; expected a number",
            await Captured.Fault(run => run.Metrics(new { name = (string?)null }, step: 1)), StringComparison.Ordinal);
    }

    [Fact]
    public Task An_unknown_series_is_told_with_those_there_are() => Captured.By(
        run => run.Metric("loss", 1, step: 1),
        run => Assert.Contains("has no series 'los'; it has 'loss'", Assert.Throws<AssayException>(() => run.Series("los")).Message,
            StringComparison.Ordinal));

    [Fact]
    public Task A_run_that_fails_keeps_the_points_it_recorded() =>
        WithFailure(run => run.Metric("loss", 0.5, step: 1), run => Assert.Single(run.Series("loss")));

    private static async Task WithFailure(Action<RunContext> operation, Action<RunRecord> test)
    {
        using var store = new TestStore();
        await Experiment.Create<int>("fails", (_, run) =>
        {
            operation(run);
            throw new InvalidOperationException(DateTime.UnixEpoch.ToString(CultureInfo.InvariantCulture));
        }).Over(Space.Values(0)).RunAsync(store.Options);
        test(Assert.Single(store.Load().Failed));
    }
}
