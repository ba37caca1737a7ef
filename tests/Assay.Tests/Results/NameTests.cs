namespace Assay.Tests.Reading;

internal sealed record Twins(int N, int n);

public sealed class NameTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_exact_name_wins_and_an_ambiguous_one_is_an_error()
    {
        Results results = await Experiment.Create<Twins>("twins", (p, run) => { }).Over(Space.From([new Twins(1, 2), new Twins(2, 1)]))
            .RunAsync(Options);

        Assert.Equal(2L, Assert.Single(results.Filter(new { n = 2 })).Params["n"]);
        Assert.Equal(2L, Assert.Single(results.Filter(new { N = 2 })).Params["N"]);
        Assert.Contains(
            "'N' or 'n'", Assert.Throws<AssayException>(() => results.Filter(new { _n = 2 }).Count).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_parameter_and_a_metric_that_differ_in_casing_alone_the_exact_name_wins()
    {
        Results results = await Experiment.Create<Sort>("casing", (p, run) =>
        {
            run.Metric("kind", p.Kind == "Slow" ? 1 : 2);
            run.Metric("size", p.Size * 10, step: 1);
        }).Over(Space.From([new Sort("Slow", 1), new Sort("Fast", 2)])).RunAsync(Options);

        Assert.Equal(1L, Assert.Single(results.Where("Kind = 'Slow'")).Metrics["kind"]);
        Assert.Equal("Fast", Assert.Single(results.Where("kind = 2")).Params["Kind"]);
        Assert.Equal("Fast", results.Best("kind").Params["Kind"]);
        Assert.Equal(["Fast", "Slow"], results.Sort("Kind").Select(r => r.Params["Kind"]));
        Assert.Equal(["Slow", "Fast"], results.Rank("kind", ["Kind"], maximize: false).Select(g => g.Key["Kind"]));
        Assert.Equal(2, results.Stats(["Kind"]).Count);
        Assert.Equal(1L, Assert.Single(results.Filter(new { Size = 1 })).Params["Size"]);
        Assert.Equal(2, results.Series("size").RowCount);
        Assert.Contains(
            "Write 'params.Kind' or 'metrics.kind'", Assert.Throws<AssayException>(() => results.Where("KIND = 2").Count).Message,
            StringComparison.Ordinal);
    }

    private sealed record Sort(string Kind, int Size);

    [Fact]
    public async Task Large_integers_keep_every_digit()
    {
        Results results = await Experiment.Create<ulong>("big", (n, run) => run.Metric("hash", n))
            .Over(Space.Values(ulong.MaxValue, ulong.MaxValue - 1)).RunAsync(Options);

        Assert.Equal([ulong.MaxValue, ulong.MaxValue - 1], results.Select(r => r.Metrics["hash"]));
        Assert.Single(results.Filter(new { hash = ulong.MaxValue }));
    }

    [Fact]
    public async Task A_filter_without_names_is_an_error_and_not_everything()
    {
        Results results = await Experiment.Create<int>("all", (n, run) => { }).Over(Space.Values(1, 2)).RunAsync(Options);

        Assert.Contains(
            "has no named values", Assert.Throws<AssayException>(() => results.Filter((object)RunStatus.Failed)).Message,
            StringComparison.Ordinal);
        Assert.Throws<AssayException>(() => results.Filter((1, 2)));
        Assert.Throws<NameException>(() => results.Filter("samples"));
    }

    [Fact]
    public async Task No_column_of_a_table_replaces_another_and_each_means_the_same_in_every_row()
    {
        Space<int> space = Space.Product(n => n, [Variable.Of(1, new { x = "label" }), Variable.Of(2)]);
        Results results = await Experiment.Create<int>("columns", (n, run) =>
        {
            run.Metric("x", n * 10);
            run.Metric("status", "odd");
            run.Metric("metric_status", "older");
        }).Over(space).RunAsync(Options);

        Table table = results.ToTable();

        Assert.Equal(["label", null], Cells(table, "x"));
        Assert.Equal([10L, 20L], Cells(table, "metric_x"));
        Assert.Equal(["older", "older"], Cells(table, "metric_status"));
        Assert.Equal(["odd", "odd"], Cells(table, "metric_metric_status"));
        Assert.Equal(["success", "success"], Cells(table, "status"));
    }

    [Theory]
    [InlineData("duration", "metrics.Duration")]
    [InlineData("seed", "params.Seed")]
    public async Task A_fact_of_every_run_is_not_taken_for_a_recorded_value_of_its_name(string name, string recorded)
    {
        Results results = await Experiment.Create<Seeded>("facts", (p, run) => run.Metric("Duration", -p.Seed))
            .Over(Space.Of<Seeded>().Grid(p => p.Seed, 1, 2))
            .RunAsync(Options);

        Assert.All(
            (Action[])[() => results.Best(name), () => results.Filter(name, min: 0), () => results.Sort(name, descending: true)],
            ask => Assert.Contains($"Write '{recorded}'", Assert.Throws<AssayException>(ask).Message, StringComparison.Ordinal));
        Assert.Single(results.Filter(recorded, 1, 1).Concat(results.Filter(recorded, -1, -1)));
        Assert.Equal(2, results.Filter("replicate", 0, 0).Count);
    }

    private sealed record Seeded(int Seed);

    [Fact]
    public async Task Twenty_thousand_metrics_stand_each_in_a_column_of_its_own_name_and_in_their_order()
    {
        string[] names = [.. Enumerable.Range(0, 20_000).Select(i => $"m{i}"), "seed"];
        Results results = await Experiment.Create<int>("wide", (n, run) =>
        {
            for (int i = 0; i < names.Length; i++) run.Metric(names[i], n + i);
        }).Over(Space.Values(1, 2)).RunAsync(Options);

        Table table = results.ToTable();

        string[] columns = [.. names.SkipLast(1), "metric_seed"];
        Assert.Equal(columns, table.Columns.Select(c => c.Name).SkipWhile(n => n != "m0"));
        Assert.All(columns.Index(), c => Assert.Equal([1L + c.Index, 2L + c.Index], Cells(table, c.Item)));
    }

    private static object?[] Cells(Table table, string column) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => table[column][row])];

    private RunOptions Options => new() { Store = _folder.File("store"), Progress = ProgressMode.None };
}
