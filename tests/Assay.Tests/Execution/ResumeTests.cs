using System.Text.Json.Nodes;

namespace Assay.Tests.Execution;

public sealed class ResumeTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly List<int> _ran = [];

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task What_succeeded_is_skipped_and_everything_else_runs()
    {
        Assert.Equal("0 1 2 3", await RanAsync(failing: [1, 3]));
        Assert.Equal("1 3", await RanAsync(failing: [3]));
        Assert.Equal("3", await RanAsync());
        Assert.Empty(await RanAsync());
    }

    [Fact]
    public async Task A_mode_chooses_which_runs_run()
    {
        await RanAsync(failing: [1], head: 2);
        Assert.Equal("2 3", await RanAsync(failing: [2], mode: ResumeMode.Missing));
        Assert.Empty(await RanAsync(mode: ResumeMode.Missing));
        Assert.Equal("1 2", await RanAsync(failing: [2], mode: ResumeMode.Failed));
        Assert.Equal("2", await RanAsync(mode: ResumeMode.Failed));
        Assert.Empty(await RanAsync(mode: ResumeMode.Failed));
        Assert.Equal("0 1 2 3", await RanAsync(mode: ResumeMode.All));
        Assert.Equal([2, 3, 4, 2], _store.Load().OrderBy(r => (long)r.Params["n"]!).Select(r => r.Attempts));
    }

    [Fact]
    public async Task An_interrupted_run_is_missing_and_not_failed()
    {
        await RanAsync();
        Interrupt(run: 2);
        Assert.Empty(await RanAsync(mode: ResumeMode.Failed));
        Assert.Empty(await RanAsync(mode: ResumeMode.Missing));
    }

    [Fact]
    public async Task A_rerun_that_was_killed_does_not_cost_the_success_it_was_to_replace()
    {
        await RanAsync();
        Interrupt(run: 2);
        RunRecord run = Assert.Single(_store.Load().Filter(new Dictionary<string, object?> { ["params.n"] = 2 }));
        Assert.Equal((RunStatus.Success, 1, 2), (run.Status, run.Attempt, run.Attempts));
        Assert.Equal(2L, run.Metrics["n"]);
        Assert.Empty(await RanAsync());
        Assert.Equal("0 1 2 3", await RanAsync(mode: ResumeMode.All));
        Assert.Equal((RunStatus.Success, 3, 3), Assert.Single(_store.Load().Filter(new Dictionary<string, object?> { ["params.n"] = 2 })
            .Select(r => (r.Status, r.Attempt, r.Attempts))));
    }

    [Fact]
    public async Task Head_looks_at_the_first_so_many_runs_of_the_plan_finished_ones_included()
    {
        Assert.Empty(await RanAsync(head: 0));
        Assert.Equal("0 1", await RanAsync(head: 2));
        Assert.Equal("2", await RanAsync(head: 3));
        Assert.Equal(3, (await Experiment().RunAsync(_store.Options with { Head = 3 })).Count);
        Assert.Equal("3", await RanAsync(head: 100));
    }

    [Fact]
    public async Task More_points_and_more_replicates_keep_what_there_is()
    {
        await RanAsync();
        Experiment<int> wider = Experiment().Over(Space.From(Enumerable.Range(0, 6))).Repeat(2);
        Results results = await wider.RunAsync(_store.Options);
        Assert.Equal(12, results.Count);
        Assert.Equal(4,
            results.Count(r => r.StartedAt < results.Max(x => x.StartedAt) && r.Seed!.Replicate == 0 && (long)r.Params["n"]! < 4));
        Assert.Equal(8, _ran.Count);
    }

    [Fact]
    public async Task Results_stand_in_the_order_of_the_plan()
    {
        await RanAsync(failing: [0]);
        await RanAsync();
        Experiment<int> reversed = Experiment().Over(Space.Values(3, 2, 1, 0));
        Results results = await reversed.RunAsync(_store.Options);
        Assert.Equal([3, 2, 1, 0], results.Select(r => (int)(long)r.Params["n"]!));
    }

    // What a killed session leaves of an attempt: its start, in a journal nobody holds.
    private void Interrupt(int run)
    {
        JsonNode start = JournalText.Lines(_store.Path).Where(l => l.Kind() == "run_start").Select(l => JsonNode.Parse(l.GetRawText())!)
            .Single(l => (int)l["value"]!["index"]! == run);
        start["value"]!["attempt"] = 2;
        start["created_at"] = "2099-01-01T00:00:00.0000000+00:00";
        File.WriteAllText(Path.Combine(_store.Path, "runs", "zz.jsonl"), JournalText.Edited(start.ToJsonString()) + "\n");
    }

    private Experiment<int> Experiment(params int[] failing) => Assay.Experiment.Create<int>("resume", (n, run) =>
    {
        lock (_ran) _ran.Add(n);
        run.Metric("n", n);
        if (failing.Contains(n)) throw new InvalidOperationException();
    }).Over(Space.From(Enumerable.Range(0, 4))).IdentifyCodeBy(CodeIdentity.None);

    private async Task<string> RanAsync(int[]? failing = null, ResumeMode mode = ResumeMode.Unfinished, long? head = null)
    {
        await Experiment(failing ?? []).RunAsync(_store.Options with { Resume = mode, Head = head });
        string ran = string.Join(' ', _ran.Order());
        _ran.Clear();
        return ran;
    }
}
