using Spectre.Console;

namespace Assay.Tests.Reading;

[Trait("Category", "Quick")]
public sealed class ResultsTests : IAsyncLifetime
{
    private Trained _trained = null!;

    private Results Results => _trained.Results;

    public async Task InitializeAsync() => _trained = await Trained.CreateAsync();

    public Task DisposeAsync()
    {
        _trained.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void Results_stand_in_plan_order() => Assert.Equal(Enumerable.Range(0, 12).Select(i => (long)i), Results.Select(r => r.Index));

    [Fact]
    public void As_text_results_are_the_numbers_of_their_runs()
    {
        Assert.Equal("train:1: 12 runs (11 success, 1 failed)", $"{Results}");
        Assert.Equal("train:1: 1 run (1 failed)", $"{Results.Failed}");
        Assert.Equal("no runs", $"{Results[..0]}");
    }

    [Fact]
    public void A_slice_is_a_view_of_the_same_runs()
    {
        Assert.Equal(Results.Skip(1).Take(4).Select(r => r.Id), Results[1..5].Select(r => r.Id));
        Assert.Equal(Results[^1].Id, Results[^3..][2].Id);
        Assert.Contains("12", Assert.Throws<ArgumentOutOfRangeException>(() => Results[5..20]).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 11", Assert.Throws<ArgumentOutOfRangeException>(() => Results[12]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("param_Hidden", 16, 6)]
    [InlineData("params.Hidden", 16, 6)]
    [InlineData("Params.hidden", 16, 6)]
    [InlineData("metrics.Hidden", 16, 0)]
    [InlineData("metrics.hidden", 1, 11)]
    public void A_name_says_which_of_two_values_it_means(string name, int value, int runs) =>
        Assert.Equal(runs, Results.Filter(new Dictionary<string, object?> { [name] = value }).Count);

    [Theory]
    [InlineData("Hidden")]
    [InlineData("hidden")]
    public void A_name_alone_that_is_a_parameter_and_a_metric_is_refused_everywhere(string name)
    {
        Action[] questions =
        [
            () => Results.Filter(new Dictionary<string, object?> { [name] = 16 }), () =>
                Results.Filter(name, max: 3), () => Results.Sort(name), () => Results.Best(name),
            () => Shown(name),
        ];
        Assert.All(questions, question =>
        {
            string message = Assert.Throws<AssayException>(question).Message;
            Assert.Contains("Write 'params.Hidden' or 'metrics.Hidden'.", message, StringComparison.Ordinal);
        });
        // The failed run has the parameter alone.
        Assert.Single(Results.Failed.Filter(new Dictionary<string, object?> { [name] = 16 }));
    }

    [Fact]
    public async Task A_metric_whose_own_name_begins_like_a_place_is_found()
    {
        using var folder = new TempFolder();
        Results results = await Experiment.Create<int>("odd", (n, run) => run.Metric("metrics.x", n)).Over(Space.Values(1, 2))
            .RunAsync(new() { Store = folder.File("store"), Progress = ProgressMode.None });

        Assert.Equal(2L, results.Best("metrics.x").Metrics["metrics.x"]);
        Assert.Equal(2L, results.Best("metrics.metrics.x").Metrics["metrics.x"]);
    }

    [Theory]
    [InlineData("Optimizer.LearningRate")]
    [InlineData("optimizer.learning_rate")]
    public void Nested_parameters_are_filtered_by_dotted_path(string path) =>
        Assert.Equal(6, Results.Filter(new Dictionary<string, object?> { [path] = 0.1 }).Count);

    [Fact]
    public void Filters_on_metrics_tags_status_and_conditions_combine()
    {
        Assert.Equal(4, Results.Filter(new { epochs = 5.0 }).Count);
        Assert.Equal(6, Results.Tagged("small").Count);
        Assert.Single(Results.Failed);
        Assert.Equal(11, Results.Successful.Count);
        Assert.Equal((1, 0, 0), (Results.ExitCode, Results.Successful.ExitCode, Results[..0].ExitCode));
        Assert.Equal(3, Results.Successful.Tagged("small").Filter(new { epochs = 5 }).Count + Results.Failed.Count);
        Assert.Equal(2, Results.Filter(r => r.Seed!.Replicate == 0).Filter(new { param_Hidden = 8 }).Count);
        Assert.Equal(2, Results.Filter(r => r.Seed!.Replicate == 0).Filter(new { @params = new { Hidden = 8 } }).Count);
        Assert.Equal(3, Results.Filter(new { late = double.NaN }).Count - 1);
    }

    [Fact]
    public void An_unknown_name_in_a_filter_lists_what_there_is()
    {
        var fault = Assert.Throws<NameException>(() => Results.Filter(new { acuracy = 1 }));

        Assert.Contains("'acuracy'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "there are params.Hidden, params.Optimizer.LearningRate, params.Optimizer.Name, accuracy", fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_run_is_a_successful_one_and_never_NaN()
    {
        Assert.Equal(0.1 + 0.5 + 0.08, Assert.IsType<double>(Results.Best("accuracy").Metrics["accuracy"]), 12);
        Assert.Equal(0.01 + 0.08, Assert.IsType<double>(Results.Best("accuracy", maximize: false).Metrics["accuracy"]), 12);
        Assert.Contains(
            "'late' is NaN in 4 successful runs", Assert.Throws<AssayException>(() => Results.Best("late")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_found_by_the_first_digits_of_its_id()
    {
        RunRecord run = Results[4];

        Assert.Equal(run.Id, Results[run.Id[..12]].Id);
        Assert.Contains("no run has an id", Assert.Throws<AssayException>(() => Results["zz"]).Message, StringComparison.Ordinal);
        Assert.Contains("several runs", Assert.Throws<AssayException>(() => Results[""]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_have_every_column_any_run_has_and_no_metric_replaces_another_column()
    {
        Table table = Results.ToTable();

        Assert.Equal(
            [
                "run_id", "experiment", "version", "code", "context", "status", "attempt", "seed", "replicate", "started_at", "duration_ms",
                "tags", "param_Optimizer.LearningRate", "param_Optimizer.Name", "param_Hidden", "accuracy", "epochs", "metric_status",
                "Hidden", "late", "error_kind", "error_type", "error_message",
            ],
            table.Columns.Select(c => c.Name));
        Assert.Equal(12, table.RowCount);
        Assert.Null(table["late"][0]);
        Assert.Equal(double.NaN, table["late"][1]);
        Assert.Equal("failed", table["status"][11]);
        Assert.Equal("diverged", table["error_message"][11]);
    }

    [Fact]
    public void A_store_opened_later_shows_the_same()
    {
        Results again = Store.Open(_trained.Store).Load("train:1");

        Assert.Equal(Results.Select(r => r.Id).Order(), again.Select(r => r.Id).Order());
        Assert.Equal(
            Results.OrderBy(r => r.Id).Select(r => (r.Status, r.Metrics.GetValueOrDefault("accuracy"), r.Duration)),
            again.OrderBy(r => r.Id).Select(r => (r.Status, r.Metrics.GetValueOrDefault("accuracy"), r.Duration)));
    }

    [Fact]
    public void Grouped_display_shows_mean_deviation_and_number() =>
        Approved.Matches("grouped", Shown("Optimizer.LearningRate", "params.hidden"));

    [Fact]
    public void An_unknown_group_lists_what_there_is() =>
        Assert.Contains(
            "Did you mean 'params.Hidden'?", Assert.Throws<NameException>(() => Shown("hiden")).Message, StringComparison.Ordinal);

    private string Shown(params string[] by)
    {
        using var text = new StringWriter();
        Results.Display(text, width: 200, by);
        return string.Join('\n', text.ToString().ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()));
    }
}
