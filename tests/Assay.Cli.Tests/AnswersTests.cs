using System.Text.Json;

namespace Assay.Cli.Tests;

/// <summary>
/// Questions people ask of past runs, each answered by at most two commands on a store of 1,000 runs and checked against a plain
/// computation.
/// </summary>
public sealed class AnswersTests(AnswersTests.Thousand runs) : IClassFixture<AnswersTests.Thousand>
{
    private IEnumerable<TrackedFact> Successful => runs.Facts.Where(f => f.Status == "success");

    [Fact]
    public void Which_run_had_the_best_validation_accuracy() =>
        Assert.Equal(
            Successful.MaxBy(f => f.LastAccuracy)!.Id, Ask("best", "metrics.acc").GetProperty("runs")[0].GetProperty("run_id").GetString());

    [Fact]
    public void Compare_the_latest_two_runs_and_explain_what_changed()
    {
        JsonElement answer = Ask("compare", "latest~1", "latest");
        (TrackedFact before, TrackedFact after) = (runs.Facts[^2], runs.Facts[^1]);
        var rows = answer.GetProperty("rows").EnumerateArray().ToDictionary(
            r => $"{r.GetProperty("part")}.{r.GetProperty("name")}", r => r);
        Assert.Equal(
            Math.Round(after.LastAccuracy - before.LastAccuracy, 6),
            Math.Round(rows["tracked.metrics.acc"].GetProperty("change").GetDouble(), 6));
        Assert.Equal(before.LearningRate != after.LearningRate, rows.ContainsKey("metadata.hparams.learning_rate"));
        Assert.Equal(before.BatchSize != after.BatchSize, rows.ContainsKey("metadata.hparams.batch_size"));
        TrackedFact dirty = after.Branch == "main" ? before : after;
        Assert.Equal(dirty.Commit, rows["code.git.snapshot.commit"].GetProperty("values").GetProperty(dirty.Id).GetString());
        Assert.True(rows.ContainsKey("code.git.dirty"));
    }

    [Fact]
    public void Find_the_best_run_and_inspect_the_code_that_produced_it()
    {
        TrackedFact best = Successful.MaxBy(f => f.LastAccuracy)!;
        JsonElement git = Ask("show", "best:metrics.acc").GetProperty("git");
        Assert.Equal((best.Commit, best.Branch), (git.GetProperty("commit").GetString(), git.GetProperty("branch").GetString()));
    }

    [Fact]
    public void The_code_state_of_the_run_with_the_lowest_loss()
    {
        TrackedFact best = Successful.MinBy(f => f.LastLoss)!;
        Assert.Equal(
            (best.Id, best.Commit),
            (Ask("show", "best:metrics.loss:min").GetProperty("run_id").GetString(), Ask(
                "show", "best:metrics.loss:min").GetProperty("git").GetProperty("commit").GetString()));
    }

    [Fact]
    public void Which_run_in_the_last_two_weeks_has_the_highest_accuracy() => Assert.Equal(
        Successful.Where(f => f.Started >= TrackedStore.Now.AddDays(-14)).MaxBy(f => f.LastAccuracy)!.Id,
        Ask("best", "metrics.acc", "--since", "2w").GetProperty("runs")[0].GetProperty("run_id").GetString());

    [Fact]
    public void The_commits_to_compare_between_the_two_latest_runs() => Assert.Equal(
        [runs.Facts[^1].Commit, runs.Facts[^2].Commit],
        Ask("ls", "--limit", "2", "--columns", "git.commit").GetProperty("runs").EnumerateArray().Select(
            r => r.GetProperty("values").GetProperty("git.commit").GetString()!));

    [Fact]
    public void Which_learning_rates_result_in_accuracies_above_90_percent()
    {
        IEnumerable<(double, int)> expected = runs.Facts.Where(
            f => f.LastAccuracy > 0.9).GroupBy(f => f.LearningRate).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()));
        JsonElement answer = Ask("select", "hparams.learning_rate", "--where", "metrics.acc > 0.9", "--distinct");
        Assert.Equal(
            expected,
            answer.GetProperty("distinct").EnumerateArray().Select(
                d => (d.GetProperty("value").GetDouble(), d.GetProperty("runs").GetInt32())));
    }

    [Fact]
    public void Compare_the_best_run_against_the_latest_run()
    {
        string[] ids = [
            .. Ask(
                "compare", "best:metrics.acc",
                "latest").GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("run_id").GetString()!)];
        Assert.Equal([Successful.MaxBy(f => f.LastAccuracy)!.Id, runs.Facts[^1].Id], ids);
    }

    [Fact]
    public void The_metric_history_of_the_run_where_batch_size_was_32()
    {
        TrackedFact newest = runs.Facts.Last(f => f.BatchSize == 32);
        Assert.Equal(
            runs.Facts.Count(f => f.BatchSize == 32), Ask("ls", "--where", "hparams.batch_size = 32").GetProperty("total").GetInt32());
        JsonElement history = Ask("history", "@1", "metrics.acc");
        Assert.Equal(newest.Id, history.GetProperty("run_id").GetString());
        Assert.Equal(newest.Accuracy, history.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("value").GetDouble()));
        Assert.Equal([2, 3, 4, 5, 6], history.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("line").GetInt32()));
    }

    [Fact]
    public void The_exact_code_of_a_run()
    {
        TrackedFact run = runs.Facts[500];
        JsonElement git = Ask("show", run.Id[..12]).GetProperty("git");
        Assert.Equal((run.Commit, run.Branch), (git.GetProperty("commit").GetString(), git.GetProperty("branch").GetString()));
    }

    [Fact]
    public void The_mean_accuracy_of_each_learning_rate()
    {
        (double Rate, double Mean, int Count)[] expected = [
            .. Successful.GroupBy(
                f => f.LearningRate).Select(g => (g.Key, g.Average(f => f.LastAccuracy), g.Count())).OrderByDescending(g => g.Item2)];
        JsonElement[] groups = [.. Ask("best", "metrics.acc", "--by", "hparams.learning_rate").GetProperty("groups").EnumerateArray()];
        Assert.Equal(
            expected.Select(e => (e.Rate, e.Count)),
            groups.Select(
                g => (g.GetProperty("group").GetProperty("hparams.learning_rate").GetDouble(), g.GetProperty("runs").GetInt32())));
        Assert.All(expected.Zip(groups), pair => Assert.Equal(pair.First.Mean, pair.Second.GetProperty("mean").GetDouble(), 12));
    }

    [Fact]
    public void Every_path_with_its_count() => Assert.Equal(
        [("metrics.acc", 5000), ("metrics.loss", 5000), ("step", 5000), ("metadata.hparams.batch_size", 1000), (
            "metadata.hparams.learning_rate", 1000)],
        Ask("paths").GetProperty("paths").EnumerateArray().Select(
            p => (p.GetProperty("path").GetString()!, p.GetProperty("count").GetInt32())));

    private JsonElement Ask(params string[] question)
    {
        ToolResult answer = runs.Store.RunAt(TrackedStore.Now, [.. question, "--json"]);
        Assert.Equal((0, ""), (answer.Exit, answer.Error));
        using JsonDocument document = JsonDocument.Parse(answer.Out);
        return document.RootElement.Clone();
    }

    /// <summary>The store, made once for all questions.</summary>
    public sealed class Thousand : IDisposable
    {
        private readonly (StoreFixture Store, IReadOnlyList<TrackedFact> Facts) _made = TrackedStore.Make(1000, TimeSpan.FromHours(1));

        internal StoreFixture Store => _made.Store;

        internal IReadOnlyList<TrackedFact> Facts => _made.Facts;

        public void Dispose() => _made.Store.Dispose();
    }
}
