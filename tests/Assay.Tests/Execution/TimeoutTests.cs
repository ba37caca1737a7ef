namespace Assay.Tests.Execution;

public sealed class TimeoutTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);
    private readonly TestStore _store = new();
    private readonly ManualResetEventSlim _end = new();

    public void Dispose()
    {
        _end.Set();
        _store.Dispose();
    }

    [Fact]
    public async Task A_sweep_with_more_hanging_runs_than_workers_comes_to_its_end()
    {
        Results results = await Experiment.Create<int>("hang", (n, run) =>
        {
            if (n % 2 == 0) _end.Wait();
            run.Metric("n", n);
        }).Over(Space.From(Enumerable.Range(0, 12))).RunAsync(_store.Options with { Timeout = Short, Parallel = 2 });

        Assert.Equal(12, results.Count);
        Assert.Equal([1L, 3, 5, 7, 9, 11], results.Successful.Select(r => (long)r.Metrics["n"]!));
        Assert.All(results.Failed, r => Assert.Equal(("timeout", "System.TimeoutException"), (r.Error!.Kind, r.Error.Type)));
        Assert.Contains("limit of 00:00:00.1", results.Failed[0].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asynchronous_sweep_with_more_hanging_runs_than_the_limit_comes_to_its_end()
    {
        var never = new TaskCompletionSource();
        Results results = await Experiment.Create<int>("hang", async (n, run) =>
        {
            if (n % 2 == 0) await never.Task;
            run.Metric("n", n);
        }).Over(Space.From(Enumerable.Range(0, 12))).RunAsync(_store.Options with { Timeout = Short, Parallel = 2 });
        never.SetResult();

        Assert.Equal(6, results.Successful.Count);
        Assert.All(results.Failed, r => Assert.Equal("timeout", r.Error!.Kind));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_exceeded_its_time_is_failed_for_good(bool async)
    {
        var met = new TaskCompletionSource<string>();
        void Late(RunContext run)
        {
            _end.Wait();
            var refused = new List<string>();
            foreach (Action record in new Action[]
                     {
                         () => run.Metric("late", 1), () => run.Metric("late", 1, step: 1), () => run.Row(new { late = 1 }),
                         () => run.Log("late"), () => run.Data("late", 1), () => run.Tag("late"), () => run.Artifact("late", "text"),
                         () => _ = run.ScratchFolder,
                     })
                refused.Add(Record.Exception(record)?.Message ?? "accepted");
            met.SetResult(string.Join('\n', refused));
        }

        // The metric comes before anything that the thread pool may delay beyond the limit.
        Experiment<int> experiment = async
            ? Experiment.Create<int>("late", (_, run) =>
            {
                run.Metric("early", 1);
                return Task.Run(() => Late(run));
            })
            : Experiment.Create<int>("late", (_, run) =>
            {
                run.Metric("early", 1);
                Late(run);
            });
        Results results = await experiment.Over(Space.Values(1)).RunAsync(_store.Options with { Timeout = Short });
        string before = SampleJournal.Everything(results[0]);
        _end.Set();
        string[] refusals = (await met.Task.WaitAsync(TestProgram.Patience)).Split('\n');

        Assert.Equal(8, refusals.Length);
        Assert.All(refusals, r => Assert.Contains("has ended (failed); nothing more can be recorded in it", r, StringComparison.Ordinal));
        RunRecord run = Assert.Single(_store.Load());
        Assert.Equal(before, SampleJournal.Everything(run));
        Assert.Equal((RunStatus.Failed, "timeout", 1L), (run.Status, run.Error!.Kind, run.Metrics["early"]));
        Assert.Empty(run.Artifacts);
    }

    [Fact]
    public async Task A_run_that_heeds_its_token_is_still_a_timeout_and_not_cancelled()
    {
        Results results = await Experiment.Create<int>("heeds", (_, run) => run.CancellationToken.WaitHandle.WaitOne())
            .Over(Space.Values(1)).RunAsync(_store.Options with { Timeout = Short });
        Assert.Equal((RunStatus.Failed, "timeout"), (results[0].Status, results[0].Error!.Kind));
    }

    [Fact]
    public async Task Many_runs_that_end_just_when_their_time_is_over_all_end_once()
    {
        // The watchdog looks every 20 ms: runs of about the limit meet it at every point of their end.
        Results results = await Experiment.Create<int>("race", (n, _) => Thread.Sleep(15 + (n % 12)))
            .Over(Space.From(Enumerable.Range(0, 120)))
            .RunAsync(_store.Options with { Timeout = TimeSpan.FromMilliseconds(20), Parallel = 4 });
        Assert.Equal(120, results.Count);
        Assert.Equal(120, JournalText.Lines(_store.Path).Count(l => l.Kind() == "run_end"));
        Assert.DoesNotContain(results, r => r.Status is not (RunStatus.Success or RunStatus.Failed));
    }

    [Fact]
    public async Task A_timeout_is_not_retried()
    {
        int attempts = 0;
        Results results = await Experiment.Create<int>("once", (_, _) =>
        {
            Interlocked.Increment(ref attempts);
            _end.Wait();
        }).Over(Space.Values(1)).RunAsync(_store.Options with { Timeout = Short, Retries = new RetryPolicy(3) { Delay = TimeSpan.Zero } });
        Assert.Equal((1, 1), (attempts, results[0].Attempts));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_timeout_is_retried_where_the_policy_says_so(bool async)
    {
        // Not immutable, so that the thread that takes over has to know the parameters.
        Experiment<List<int>> experiment = async
            ? Experiment.Create<List<int>>("again", (n, run) => Task.Run(() => Operation(n, run)))
            : Experiment.Create<List<int>>("again", Operation);
        RetryPolicy policy = new(3) { Delay = TimeSpan.Zero, When = error => error.Kind == "timeout" };
        Results results = await experiment.Over(Space.Values<List<int>>([0], [1], [2]))
            .RunAsync(_store.Options with { Timeout = Short, Retries = policy, Parallel = 1 });

        Assert.Equal([(RunStatus.Success, 1), (RunStatus.Success, 3), (RunStatus.Failed, 4)], results.Select(r => (r.Status, r.Attempts)));
        Assert.Equal(3L, results[1].Metrics["attempt"]);
        Assert.Equal(["timeout", "timeout"], JournalText.Lines(_store.Path)
            .Where(l => l.Kind() == "run_end" && l.RunId() == results[1].Id && l.Status() == "failed")
            .Select(l => l.GetProperty("value").GetProperty("error").GetProperty("kind").GetString()));

        void Operation(List<int> n, RunContext run)
        {
            if (n[0] == 2 || (n[0] == 1 && run.Attempt < 3)) _end.Wait();
            run.Metric("attempt", run.Attempt);
        }
    }

    [Fact]
    public async Task A_slow_getter_in_a_row_does_not_stop_the_watchdog()
    {
        Results results = await Experiment.Create<int>("getter", (n, run) =>
        {
            if (n == 0) run.Row(new Waiting(_end));
        }).Over(Space.Values(0, 1)).RunAsync(_store.Options with { Timeout = Short, Parallel = 1 });
        Assert.Equal([RunStatus.Failed, RunStatus.Success], results.Select(r => r.Status));
    }

    private sealed class Waiting(ManualResetEventSlim end) : Dictionary<string, object>, IEnumerable<KeyValuePair<string, object>>
    {
        IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => Wait();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => Wait();

        private IEnumerator<KeyValuePair<string, object>> Wait()
        {
            end.Wait();
            yield break;
        }
    }
}
