namespace Assay.Tests.Reading;

[Trait("Category", "Quick")]
public sealed class TypedReadingTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_parameters_of_a_run_come_back_as_the_type_they_had()
    {
        var point = new Everything(
            new Optimizer(0.1f, "adam"), 3, 0.1f, 0.1m, ulong.MaxValue, Sort.Large, TimeSpan.FromMinutes(1.5),
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), [1.5, double.NaN], null, "NaN", double.PositiveInfinity);
        Everything back = (await RecordAsync(point)).ParamsAs<Everything>();

        Assert.Equal([1.5, double.NaN], back.Weights);
        Assert.Equal(point, back with { Weights = point.Weights });
    }

    [Fact]
    public async Task Structs_and_classes_with_members_to_set_are_read_too()
    {
        RunRecord run = await RecordAsync(new Plain { Rate = 0.5, Steps = 7 });

        Assert.Equal((0.5, 7), (run.ParamsAs<Plain>().Rate, run.ParamsAs<Plain>().Steps));
        Assert.Equal(0.5, run.ParamsAs<Settable>().Rate);
        Assert.Equal(new Fewer(7, 3), run.ParamsAs<Fewer>());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1)]
    public async Task A_parameter_alone_is_read_as_its_value(int value)
    {
        RunRecord run = await RecordAsync(value);

        Assert.Equal(value, run.ParamsAs<int>());
        Assert.Equal(value, run.ParamsAs<double>());
        Assert.Equal(value, run.ParamsAs<int?>());
    }

    [Fact]
    public async Task Parameters_that_do_not_fit_are_told_by_name()
    {
        RunRecord run = await RecordAsync(new Plain { Rate = 0.5, Steps = 7 });

        Refused(() => run.ParamsAs<int>(), "expected one parameter for a single value; there are 2: Rate, Steps.");
        Refused(() => run.ParamsAs<Missing>(), "There is no parameter for 'Momentum' of Missing; there are 'Rate', 'Steps'.");
        Refused(() => run.ParamsAs<Needed>(), "There is no parameter for 'Momentum' of Needed; there are 'Rate', 'Steps'.");
        Refused(() => run.ParamsAs<Whole>(), "parameter 'Rate': '0.5' does not convert to Int32");
        Assert.StartsWith($"the parameters of run {run.Id} cannot be read as ", Fault(() => run.ParamsAs<Whole>()));
    }

    [Fact]
    public async Task A_metric_is_a_double_whatever_number_was_recorded()
    {
        RunRecord run = await MeasureAsync();

        Assert.Equal(
            [1, 0.5, 0.1f, 0.25, ulong.MaxValue], ((string[])["n", "loss", "single", "exact", "large"]).Select(name => run.Metric(name)));
        Assert.Equal(double.NaN, run.Metric("undefined"));
        Assert.Equal(0.75, run.Metric("curve"));
        Assert.Equal(0.5, run.Metric("LOSS"));
    }

    [Fact]
    public async Task A_metric_is_read_as_any_type_that_holds_it()
    {
        RunRecord run = await MeasureAsync();

        Assert.Equal((1, (byte)1, 1m, 1L), (run.Metric<int>("n"), run.Metric<byte>("n"), run.Metric<decimal>("n"), run.Metric<long>("n")));
        Assert.Equal((0.1f, (Half)0.25), (run.Metric<float>("single"), run.Metric<Half>("exact")));
        Assert.Equal((ulong.MaxValue, (UInt128)ulong.MaxValue), (run.Metric<ulong>("large"), run.Metric<UInt128>("large")));
        Assert.Equal(("fine", "1", true), (run.Metric<string>("verdict"), run.Metric<string>("n"), run.Metric<bool>("stable")));
        Assert.Equal((Sort.Large, (double?)null), (run.Metric<Sort>("sort"), run.Metric<double?>("nothing")));
        Assert.Equal(0.75, run.Metric<double>("curve"));
    }

    [Fact]
    public async Task A_conversion_that_loses_something_is_refused()
    {
        RunRecord run = await MeasureAsync();

        Refused(() => run.Metric<int>("loss"), "metric 'loss': '0.5' does not convert to Int32; choose a type that holds it without loss.");
        Refused(() => run.Metric<int>("large"), "metric 'large': '18446744073709551615' does not convert to Int32");
        Refused(() => run.Metric<double>("large"), "does not convert to Double");
        Refused(() => run.Metric<float>("third"), "does not convert to Single");
        Refused(() => run.Metric<int>("nothing"), "use Int32? to allow nulls");
        Refused(() => run.Metric<Sort>("verdict"), "metric 'verdict': 'fine' does not convert to Sort");
        Refused(() => run.Metric("verdict"), "is \"fine\", no number; expected one. Read it with Metric<T>(\"verdict\")");
    }

    [Fact]
    public async Task A_missing_name_lists_the_candidates()
    {
        RunRecord run = await MeasureAsync();

        Refused(() => run.Metric("los"), "has no metric 'los'; it has 'n', 'loss', 'single',");
        Refused(() => run.Metric<int>("los"), "Did you mean 'loss'? Correct the name.");
        Assert.Contains("'curve'", Fault(() => run.Metric("nope")), StringComparison.Ordinal);
        string metric = Assert.Throws<KeyNotFoundException>(() => run.Metrics["los"]).Message;
        Assert.StartsWith("there is no value called 'los'; there are 'n', 'loss', 'single', ", metric);
        Assert.EndsWith("Did you mean 'loss'? Correct the name, or ask with TryGetValue.", metric);
        string parameter = Assert.Throws<KeyNotFoundException>(() => run.Params["nope"]).Message;
        Assert.Contains("there are 'Optimizer', 'Hidden'.", parameter, StringComparison.Ordinal);
        var optimizer = (IReadOnlyDictionary<string, object?>)run.Params["Optimizer"]!;
        Assert.EndsWith(
            "Did you mean 'Name'? Correct the name, or ask with TryGetValue.",
            Assert.Throws<KeyNotFoundException>(() => optimizer["Nam"]).Message);
        Assert.Contains("there are none.", Assert.Throws<KeyNotFoundException>(() => run.Labels["x"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recorded_values_can_be_recorded_again()
    {
        RunRecord run = await MeasureAsync();
        using var store = new TestStore();
        await Experiment.Create<int>("copy", (_, copy) => copy.Row(run.Params)).Over(Space.Values(1)).RunAsync(store.Options);

        IReadOnlyDictionary<string, object?> row = Assert.Single(Assert.Single(store.Load()).Rows);
        Assert.Equal(run.Params["Hidden"], row["Hidden"]);
    }

    [Fact]
    public async Task A_table_of_runs_is_read_as_their_parameters()
    {
        using Trained trained = await Trained.CreateAsync();
        Table table = trained.Results.ToTable();

        Assert.Equal(trained.Results.Select(r => r.ParamsAs<Train>()), table.Drop("Hidden").As<Train>());
        Assert.Equal(new Measured(8, 0.01 + 0.08, 0), trained.Results.Successful.ToTable().Drop("Hidden").As<Measured>()[0]);
        Assert.Equal(new Apart(8, 1), trained.Results.Successful.ToTable().As<Apart>()[0]);
        string message = Assert.Throws<TableException>(table.As<Train>).Message;
        Assert.Contains(
            "'param_Hidden', 'Hidden' fit 'Hidden' equally well, a parameter and another value of one name; drop or rename", message,
            StringComparison.Ordinal);
    }

    private async Task<RunRecord> RecordAsync<T>(T point)
    {
        await Experiment.Create<T>("typed", (_, _) => { }).Over(Space.Values(point)).RunAsync(_store.Options);
        return Assert.Single(_store.Load());
    }

    private async Task<RunRecord> MeasureAsync()
    {
        await Experiment.Create<Train>("measured", (_, run) =>
        {
            run.Metric("n", 1);
            run.Metric("loss", 0.5);
            run.Metric("single", 0.1f);
            run.Metrics(new { exact = 0.25m, sort = Sort.Large, nothing = (string?)null });
            run.Metric("large", ulong.MaxValue);
            run.Metric("third", 1.0 / 3);
            run.Metric("undefined", double.NaN);
            run.Metric("verdict", "fine");
            run.Metric("stable", true);
            run.Metric("curve", 0.5, step: 1);
            run.Metric("curve", 0.75, step: 2);
        }).Over(Space.Values(new Train(new Optimizer(0.1)))).RunAsync(_store.Options);
        return Assert.Single(_store.Load());
    }

    private static void Refused<T>(Func<T> read, string part) => Assert.Contains(part, Fault(read), StringComparison.Ordinal);

    private static string Fault<T>(Func<T> read) => Assert.Throws<AssayException>(() => { read(); }).Message;

    private enum Sort
    {
        Small,
        Large,
    }

    private struct Plain
    {
        public double Rate;

        public int Steps { get; set; }
    }

    private sealed record Everything(
        Optimizer Optimizer, int Count, float Single, decimal Exact, ulong Large, Sort Sort, TimeSpan Pause, DateTimeOffset At,
        double[] Weights, int? Nothing, string Text, double Limit);

    private sealed class Settable
    {
        public double Rate { get; set; }
    }

    private sealed class Needed
    {
        public required double Momentum { get; set; }
    }

    private sealed record Fewer(int Steps, int Later = 3);

    private sealed record Missing(double Rate, double Momentum);

    private sealed record Whole(int Rate);

    private sealed record Measured(int Hidden, double Accuracy, int Replicate);

    private sealed record Apart(int ParamHidden, int Hidden);
}
