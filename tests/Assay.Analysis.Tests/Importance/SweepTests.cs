using Assay.Analysis;

namespace Assay.AnalysisTests;

[Trait("Category", "Quick")]
public sealed class SweepTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Importance_takes_the_parameters_that_vary_and_leaves_replicates_apart()
    {
        Results results = await RunAsync((p, run) => run.Metric("score", p.Rate + (p.Size * 10) + run.Seeds.Replicate));
        Importance importance = results.Importance("score");
        Assert.Equal(["Rate", "Size"], importance.Params.Order());
        Assert.Equal((8, 4, (2, 2)), (importance.Runs, importance.Points, importance.Replicates));
        Assert.Equal((1.0, 100.0, 0.25), (importance["Rate"].Variance, importance["Size"].Variance, importance.Residual!.Variance));
        Assert.Equal(0.0, importance["Rate", "Size"].Variance);
        // The other parameter is a replicate then.
        Assert.Equal((4, 4), results.Importance("metrics.score", "size").Replicates);
        Assert.Contains("'scor'", Assert.ThrowsAny<AssayException>(() => results.Importance("scor")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_point_at_which_every_run_failed_is_a_gap()
    {
        Results results = await RunAsync((p, run) =>
        {
            if (p is { Rate: 1, Size: 2 }) throw new InvalidOperationException("diverged");
            run.Metric("score", p.Rate);
        });
        string message = Assert.Throws<AssayException>(() => results.Importance("score")).Message;
        Assert.Contains("1 have no run", message, StringComparison.Ordinal);
        Assert.Equal((6, 2), (results.Importance("score", "Rate").Runs, results.Importance("score", "Rate").LeftOut));
    }

    [Fact]
    public async Task Importance_of_a_derived_metric_is_found_by_its_name()
    {
        Results results = await RunAsync((p, run) => run.Metric("score", p.Rate));
        await results.DeriveAsync("twice", run => 2 * run.Metric("score"));
        Assert.Equal(1.0, results.Importance("derived.twice")["Rate"].Share);
    }

    [Fact]
    public async Task Runs_and_tasks_of_rows_are_collated_with_short_names()
    {
        Results results = await RunAsync((p, run) =>
        {
            run.Metric("cost", 0.5);
            foreach (string task in (string[])["gsm8k", "mmlu"]) run.Row(new { task, accuracy = p.Rate / 10, stats = 3 });
        });
        Table table = results.Collate("accuracy", "cost");
        Assert.Equal(["run_id", "Rate", "Size", "Train.Name", "Test.Name", "replicate", "task", "accuracy", "cost"], Columns(table));
        Assert.Equal(16, table.RowCount);
        Assert.Equal(["gsm8k", "mmlu"], table.Rows.Take(2).Select(r => r["task"]));
        Assert.Equal(0.5, table.Rows[0]["cost"]);
        Assert.Equal(["accuracy", "stats"], Columns(results.Collate()).Except(Columns(table)).Append("accuracy").Order());
    }

    [Fact]
    public async Task Runs_and_tasks_of_metric_names_are_collated()
    {
        Results results = await RunAsync((p, run) =>
        {
            run.Metric("eval/gsm8k/accuracy", p.Rate);
            run.Metric("eval/mmlu/accuracy", p.Rate + 1);
            run.Metric("seconds", 9);
        });
        Table table = results.Collate();
        Assert.Equal(["eval/gsm8k", "eval/mmlu"], table.Rows.Take(2).Select(r => r["task"]));
        Assert.Equal([9L, 9L], table.Rows.Take(2).Select(r => r["seconds"]));
        Assert.Equal(table["accuracy"].AsDoubles()[0] + 1, table["accuracy"].AsDoubles()[1]);
    }

    [Fact]
    public async Task A_run_without_tasks_has_one_row_and_one_that_failed_says_so()
    {
        Results results = await RunAsync((p, run) =>
        {
            if (p.Rate == 3) throw new InvalidOperationException("no");
            run.Metric("accuracy", 1);
        });
        Table table = results.Collate("accuracy");
        Assert.Equal(8, table.RowCount);
        Assert.DoesNotContain("task", Columns(table));
        TableRow failed = table.Rows.First(r => (long)r["Rate"]! == 3);
        Assert.Equal((null, "failed"), (failed["accuracy"], failed["status"]));
    }

    [Fact]
    public async Task Missing_metrics_are_reported_by_name()
    {
        Results results = await RunAsync((p, run) =>
        {
            run.Row(new { task = "gsm8k", accuracy = 1 });
            if (p.Rate == 1) run.Row(new { task = "mmlu", f1 = 1 });
        });
        string message = Assert.Throws<AssayException>(() => results.Collate("accuracy", "acuracy")).Message;
        Assert.StartsWith($"metrics are missing: 'accuracy' in 4 rows, the first of run {results[0].Id}, task 'mmlu'; 'acuracy' in 12 rows",
            message, StringComparison.Ordinal);
        Assert.Contains("there are 'accuracy', 'f1'", message, StringComparison.Ordinal);
        string none = Assert.Throws<AssayException>(() => results[..0].Collate()).Message;
        Assert.Contains("no runs to collate", none, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Columns(Table table) => table.Columns.Select(c => c.Name);

    private Task<Results> RunAsync(Action<Point, RunContext> operation) => Experiment.Create<Point>("sweep", "1", operation)
        .Over(Space.Of<Point>().Grid(p => p.Rate, 1, 3).Grid(p => p.Size, 0, 2)).Repeat(2)
        .RunAsync(new() { Store = _folder.File("store"), Progress = ProgressMode.None, StopWhenFirstFail = null, HandleSignals = false });

    internal sealed record Named(string Name = "n");

    internal sealed record Point(int Rate, int Size)
    {
        public Named Train { get; init; } = new();

        public Named Test { get; init; } = new();
    }
}
