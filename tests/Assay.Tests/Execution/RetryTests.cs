namespace Assay.Tests.Execution;

public sealed class RetryTests : IDisposable
{
    private static readonly RetryPolicy Twice = new(2) { Delay = TimeSpan.Zero };
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_run_is_tried_again_and_every_attempt_is_kept(bool async)
    {
        var recorder = new Recorder();
        Results results = await FailsUntil(3, async).RunAsync(_store.Options with { Retries = Twice, Observer = recorder });

        Assert.Equal((RunStatus.Success, 3, 3), (results[0].Status, results[0].Attempt, results[0].Attempts));
        Assert.Equal(3L, results[0].Metrics["attempt"]);
        Assert.Equal("attempt 3", Assert.Single(results[0].Log).Message);
        Assert.Equal(["failed", "failed", "success"], JournalText.Lines(_store.Path).Where(l => l.Kind() == "run_end")
            .Select(l => l.Status()));
        Assert.Equal([1, 2, 3], recorder.Events.Where(e => e.Kind == RunEventKind.Started).Select(e => e.Attempt));
        Assert.Equal((3, RunStatus.Success), (Assert.Single(recorder.Finished).Attempt, recorder.Finished[0].Status));
    }

    [Fact]
    public async Task When_no_attempt_succeeds_the_last_one_is_shown_and_the_next_session_goes_on_counting()
    {
        Results results = await FailsUntil(100, false).RunAsync(_store.Options with { Retries = Twice });
        Assert.Equal((RunStatus.Failed, 3, 3), (results[0].Status, results[0].Attempt, results[0].Attempts));
        results = await FailsUntil(100, false).RunAsync(_store.Options);
        Assert.Equal((RunStatus.Failed, 4, 4, "attempt 4"),
            (results[0].Status, results[0].Attempt, results[0].Attempts, results[0].Error!.Message));
    }

    [Fact]
    public async Task A_failure_that_is_not_worth_it_is_not_tried_again()
    {
        RetryPolicy policy = Twice with { When = error => error.Type != typeof(InvalidOperationException).FullName };
        Results results = await FailsUntil(100, false).RunAsync(_store.Options with { Retries = policy });
        Assert.Equal(1, results[0].Attempts);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 300)]
    [InlineData(3, 900)]
    [InlineData(4, 1000)]
    [InlineData(5000, 1000)]
    public void Waits_grow_up_to_the_longest(int retry, int milliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(milliseconds),
        new RetryPolicy(9) { Delay = TimeSpan.FromMilliseconds(100), Factor = 3, MaxDelay = TimeSpan.FromSeconds(1) }.Wait(retry));

    private static Experiment<int> FailsUntil(int attempt, bool async)
    {
        void Operation(RunContext run)
        {
            run.Metric("attempt", run.Attempt);
            run.Log($"attempt {run.Attempt}");
            if (run.Attempt < attempt) throw new InvalidOperationException($"attempt {run.Attempt}");
        }

        Experiment<int> experiment = async
            ? Experiment.Create<int>("retry", async (_, run) =>
            {
                await Task.Yield();
                Operation(run);
            })
            : Experiment.Create<int>("retry", (_, run) => Operation(run));
        return experiment.Over(Space.Values(1));
    }
}
