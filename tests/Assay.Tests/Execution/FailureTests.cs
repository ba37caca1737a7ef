namespace Assay.Tests.Execution;

/// <summary>What happens to a run that does not succeed, and what does not happen to the others.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_fails_its_run_and_leaves_the_others_alone(bool async)
    {
        Results results = await Numbers(10, async, (n, run) =>
        {
            run.Metric("n", n);
            if (n % 3 == 1) throw new InvalidOperationException($"no {n}", new FormatException("inner"));
        }).RunAsync(_store.Options);

        Assert.Equal([1, 4, 7], results.Failed.Select(r => (int)(long)r.Params["n"]!));
        Assert.Equal(7, results.Successful.Count);
        RunRecord failed = results.Failed[1];
        Assert.Equal(("exception", "System.InvalidOperationException", "no 4"),
            (failed.Error!.Kind, failed.Error.Type, failed.Error.Message));
        Assert.Contains(nameof(An_exception_fails_its_run_and_leaves_the_others_alone), failed.Error.Stack, StringComparison.Ordinal);
        Assert.Contains("System.FormatException: inner", failed.Error.Stack, StringComparison.Ordinal);
        Assert.Equal(4L, failed.Metrics["n"]);
    }

    [Fact]
    public async Task A_run_that_cancels_itself_without_being_asked_has_failed()
    {
        Results results = await Numbers(1, false, (_, _) => throw new OperationCanceledException("my own")).RunAsync(_store.Options);
        Assert.Equal((RunStatus.Failed, "exception"), (results[0].Status, results[0].Error!.Kind));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_callers_token_cancels_running_runs_keeps_finished_ones_and_starts_no_other(bool async)
    {
        using var caller = new CancellationTokenSource();
        Experiment<int> experiment = Numbers(6, async, (n, run) =>
        {
            if (n == 0) return;
            caller.Cancel();
            run.CancellationToken.WaitHandle.WaitOne(TestProgram.Patience);
            run.ThrowIfCancelled();
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => experiment.RunAsync(_store.Options with { Parallel = 1 }, caller.Token));

        Results results = _store.Load();
        Assert.Equal([RunStatus.Success, RunStatus.Cancelled], results.Select(r => r.Status));
        Assert.Equal("cancelled", results[1].Error!.Kind);
        Assert.Equal(6, (await Numbers(6, async, (_, _) => { }, CodeIdentity.None).RunAsync(_store.Options)).Successful.Count);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_runs_nothing()
    {
        int ran = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Numbers(3, false, (_, _) => Interlocked.Increment(ref ran))
                .RunAsync(_store.Options, new CancellationToken(canceled: true)));
        Assert.Equal(0, ran);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_ignores_its_cancellation_is_left_behind_after_the_grace(bool async)
    {
        using var caller = new CancellationTokenSource();
        using var end = new ManualResetEventSlim();
        Experiment<int> experiment = Numbers(1, async, (_, _) =>
        {
            caller.Cancel();
            end.Wait();
        });
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => experiment.RunAsync(_store.Options with { CancelGrace = TimeSpan.FromMilliseconds(50) }, caller.Token));
        RunRecord run = Assert.Single(_store.Load());
        end.Set();
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Contains("did not end in time; it was left behind", run.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_that_throws_when_it_is_cancelled_harms_nobody()
    {
        using var caller = new CancellationTokenSource();
        Experiment<int> experiment = Numbers(1, false, (_, run) =>
        {
            using CancellationTokenRegistration registration =
                run.CancellationToken.Register(() => throw new InvalidOperationException("from a callback"));
            caller.Cancel();
            run.CancellationToken.WaitHandle.WaitOne(TestProgram.Patience);
            run.ThrowIfCancelled();
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => experiment.RunAsync(_store.Options, caller.Token));
        Assert.Equal(RunStatus.Cancelled, Assert.Single(_store.Load()).Status);
    }

    [Fact]
    public async Task A_point_that_cannot_be_made_ends_the_experiment_and_keeps_what_is_done()
    {
        // Beyond the points that are checked before anything runs.
        const int Good = 10_500;
        Space<int> space = Space.Product(n => n < Good ? n
            : throw new InvalidOperationException("no such point"), Enumerable.Range(0, Good + 100).Select(n => Variable.Of(n)));
        AssayException fault = await Assert.ThrowsAnyAsync<AssayException>(
            () => Experiment.Create<int>("points", (_, _) => { }).Over(space).RunAsync(_store.Options with { Parallel = 1 }));
        Assert.Contains("no such point", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"run {Good} of 'points:1' (point {Good})", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Good, _store.Load().Successful.Count);
    }

    [Fact]
    public async Task A_point_that_cannot_be_made_is_told_before_anything_runs()
    {
        int ran = 0;
        Space<int> space = Space.Product(n => n < 3 ? n : throw new InvalidOperationException("no such point"), Enumerable.Range(0, 5)
            .Select(n => Variable.Of(n)));
        InvalidExperimentException fault = await Assert.ThrowsAsync<InvalidExperimentException>(
            () => Experiment.Create<int>("points", (_, _) => ran++).Over(space).RunAsync(_store.Options));
        Assert.Contains("point 3 of its space", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no such point", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, ran);
    }

    private static Experiment<int> Numbers(int count, bool async, Action<int, RunContext> operation, CodeIdentity code = CodeIdentity.None)
    {
        Experiment<int> experiment = async
            ? Experiment.Create<int>("numbers", "1", async (n, run) =>
            {
                await Task.Yield();
                operation(n, run);
            })
            : Experiment.Create<int>("numbers", "1", (n, run) => operation(n, run));
        return experiment.Over(Space.From(Enumerable.Range(0, count))).IdentifyCodeBy(code);
    }
}
