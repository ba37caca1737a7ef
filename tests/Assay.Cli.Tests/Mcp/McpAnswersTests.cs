using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Mcp;

/// <summary>
/// Questions people ask of past runs, each answered by at most two calls over MCP on a store of 1,000 runs and checked against a plain
/// computation.
/// </summary>
public sealed class McpAnswersTests(McpAnswersTests.Thousand runs) : IClassFixture<McpAnswersTests.Thousand>
{
    private IEnumerable<TrackedFact> Successful => runs.Facts.Where(f => f.Status == "success");

    private McpSession Session => runs.Session;

    [Fact]
    public async Task Which_run_had_the_best_validation_accuracy()
    {
        TrackedFact best = Successful.MaxBy(f => f.LastAccuracy)!;
        JsonObject answer = await Session.AskAsync("best_runs", new { metric = "metrics.acc" });
        Assert.Equal(
            (best.Id, best.LastAccuracy),
            (answer["runs"]![0]!["run_id"]!.GetValue<string>(), answer["runs"]![0]!["value"]!.GetValue<double>()));
        Assert.Equal(runs.Facts.Count - Successful.Count(), answer["not_successful"]!.GetValue<int>());
    }

    [Fact]
    public async Task Which_run_in_the_last_two_weeks_has_the_highest_accuracy()
    {
        DateTimeOffset since = TrackedStore.Now.AddDays(-14);
        JsonObject answer = await Session.AskAsync("best_runs", new { metric = "metrics.acc", since = since.ToString("O"), limit = 1 });
        Assert.Equal(
            Successful.Where(f => f.Started >= since).MaxBy(f => f.LastAccuracy)!.Id, answer["runs"]![0]!["run_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Compare_the_latest_two_runs_and_explain_what_changed()
    {
        (TrackedFact before, TrackedFact after) = (runs.Facts[^2], runs.Facts[^1]);
        JsonObject answer = await Session.AskAsync("compare_runs", new { runs = new[] { "latest~1", "latest" } });
        var rows = answer["rows"]!.AsArray().ToDictionary(r => $"{r!["part"]}.{r["name"]}", r => r!);
        Assert.Equal(after.LastAccuracy - before.LastAccuracy, rows["tracked.metrics.acc"]["change"]!.GetValue<double>(), 9);
        string code = after.Branch == "main" ? "code.git.head" : "code.git.snapshot.commit";
        Assert.Equal(after.Commit, rows[code]["values"]![after.Id]!.GetValue<string>());
        Assert.Equal(before.LearningRate != after.LearningRate, rows.ContainsKey("metadata.hparams.learning_rate"));
    }

    [Fact]
    public async Task Find_the_best_run_and_inspect_the_code_that_produced_it()
    {
        TrackedFact best = Successful.MaxBy(f => f.LastAccuracy)!;
        JsonObject answer = await Session.AskAsync("get_run", new { run = "best:metrics.acc" });
        Assert.Equal(
            (best.Id, best.Commit, best.Branch),
            (answer["run_id"]!.GetValue<string>(), answer["git"]![
                "commit"]!.GetValue<string>(), answer["git"]!["branch"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Which_learning_rates_result_in_accuracies_above_90_percent()
    {
        JsonObject answer = await Session.AskAsync(
            "select_values", new { path = "hparams.learning_rate", where = "metrics.acc > 0.9", distinct = true });
        Assert.Equal(
            runs.Facts.Where(f => f.LastAccuracy > 0.9).GroupBy(f => f.LearningRate).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())),
            answer["distinct"]!.AsArray().Select(d => (d!["value"]!.GetValue<double>(), d["runs"]!.GetValue<int>())));
    }

    [Fact]
    public async Task The_metric_history_of_the_run_where_batch_size_was_32()
    {
        TrackedFact newest = runs.Facts.Last(f => f.BatchSize == 32);
        JsonObject list = await Session.AskAsync("list_runs", new { where = "hparams.batch_size = 32", limit = 1 });
        Assert.Equal(runs.Facts.Count(f => f.BatchSize == 32), list["total"]!.GetValue<int>());
        JsonObject history = await Session.AskAsync(
            "get_metric_history", new { run = list["runs"]![0]!["run_id"]!.GetValue<string>(), metric = "metrics.acc" });
        Assert.Equal(newest.Id, history["run_id"]!.GetValue<string>());
        Assert.Equal(newest.Accuracy, history["points"]!.AsArray().Select(p => p!["value"]!.GetValue<double>()));
        Assert.Equal([2, 3, 4, 5, 6], history["points"]!.AsArray().Select(p => p!["line"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_git_diff_between_the_two_latest_runs()
    {
        JsonObject answer = await Session.AskAsync("diff_code", new { from = "latest~1", to = "latest" });
        Assert.Equal(
            (runs.Facts[^2].Commit, runs.Facts[^1].Commit),
            (answer["from"]!["commit"]!.GetValue<string>(), answer["to"]!["commit"]!.GetValue<string>()));
        Assert.Equal(runs.Git("diff", runs.Facts[^2].Commit, runs.Facts[^1].Commit), answer["patch"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_code_state_of_the_run_with_the_lowest_loss_is_restored()
    {
        TrackedFact best = Successful.MinBy(f => f.LastLoss)!;
        JsonObject answer = await Session.AskAsync("checkout_code", new { run = "best:metrics.loss:min" });
        Assert.Equal((best.Id, best.Commit), (answer["run_id"]!.GetValue<string>(), answer["commit"]!.GetValue<string>()));
        Assert.Equal(
            runs.Git("show", best.Commit + ":train.cs"), File.ReadAllText(Path.Combine(answer["path"]!.GetValue<string>(), "train.cs")));
    }

    [Fact]
    public async Task The_mean_accuracy_of_each_learning_rate()
    {
        (double Rate, double Mean)[] expected = [
            .. Successful.GroupBy(
                f => f.LearningRate).Select(g => (g.Key, g.Average(f => f.LastAccuracy))).OrderByDescending(g => g.Item2)];
        JsonObject answer = await Session.AskAsync("best_runs", new { metric = "metrics.acc", by = new[] { "hparams.learning_rate" } });
        Assert.Equal(
            expected.Select(e => (e.Rate, Math.Round(e.Mean, 9))),
            answer["groups"]!.AsArray().Select(
                g => (g!["group"]!["hparams.learning_rate"]!.GetValue<double>(), Math.Round(g["mean"]!.GetValue<double>(), 9))));
    }

    [Fact]
    public async Task Every_path_with_its_count() => Assert.Equal(
        [("metrics.acc", 5000), ("metrics.loss", 5000), ("step", 5000), ("metadata.hparams.batch_size", 1000), (
            "metadata.hparams.learning_rate", 1000)],
        (await Session.AskAsync("list_paths"))["paths"]!.AsArray().Select(
            p => (p!["path"]!.GetValue<string>(), p["count"]!.GetValue<int>())));

    /// <summary>The store and its server, started once for all questions.</summary>
    public sealed class Thousand : IAsyncLifetime
    {
        private readonly (
            StoreFixture Store, IReadOnlyList<TrackedFact> Facts) _made = TrackedStore.Make(1000, TimeSpan.FromHours(1), repository: true);

        internal McpSession Session { get; private set; } = null!;

        internal IReadOnlyList<TrackedFact> Facts => _made.Facts;

        public async Task InitializeAsync() =>
            Session = await McpSession.StartInAsync(_made.Store.Root, _made.Store.Path, "--allow-writes");

        internal string Git(params string[] arguments) =>
            RealProcess.Run(_made.Store.Root, new Dictionary<string, string?>(), "git", arguments).Output;

        public async Task DisposeAsync()
        {
            await Session.DisposeAsync();
            _made.Store.Dispose();
        }
    }
}
