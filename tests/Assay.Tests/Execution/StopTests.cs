namespace Assay.Tests.Execution;

public sealed class StopTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_first_runs_all_fail_the_same_way_the_experiment_stops_and_shows_the_first_stack(bool async)
    {
        Experiment<int> experiment = async
            ? Experiment.Create<int>("broken", async (n, _) =>
            {
                await Task.Yield();
                Broken(n);
            })
            : Experiment.Create<int>("broken", (n, _) => Broken(n));
        ExperimentStoppedException stop = await Assert.ThrowsAsync<ExperimentStoppedException>(
            () => experiment.Over(Space.From(Enumerable.Range(0, 1000)))
                .RunAsync(_store.Options with { StopWhenFirstFail = 5, Parallel = 1 }));

        Assert.Contains("'broken:1' stopped: the first 5 runs all failed in the same way.", stop.Message, StringComparison.Ordinal);
        Assert.Contains("System.NotSupportedException: point 0", stop.Message, StringComparison.Ordinal);
        Assert.Contains($"at Assay.Tests.Execution.StopTests.{nameof(Broken)}(Int32 n)", stop.Message, StringComparison.Ordinal);
        Assert.Contains("mend the cause and run again to resume", stop.Message, StringComparison.Ordinal);
        Assert.Equal("point 0", stop.FirstError.Message);
        Assert.InRange(stop.Results.Failed.Count, 5, 999);
        Assert.Equal(stop.Results.Count, _store.Load().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Runs_that_fail_faster_than_they_are_written_are_no_more_than_the_limit(bool async)
    {
        int ran = 0;
        void Fail(int n)
        {
            Interlocked.Increment(ref ran);
            Broken(n);
        }

        Experiment<int> experiment = async ? Experiment.Create<int>("fast", (n, _) => Task.Run(() => Fail(n)))
            : Experiment.Create<int>("fast", (n, _) => Fail(n));
        experiment = experiment.Over(Space.From(Enumerable.Range(0, 10_000))).IdentifyCodeBy(CodeIdentity.None);
        ExperimentStoppedException stop = await Assert.ThrowsAsync<ExperimentStoppedException>(
            () => experiment.RunAsync(_store.Options with { StopWhenFirstFail = 5, Parallel = 1 }));

        Assert.Equal((5, 5), (ran, stop.Results.Failed.Count));
    }

    [Fact]
    public void Five_is_the_default() => Assert.Equal(5, new RunOptions().StopWhenFirstFail);

    [Fact]
    public async Task A_success_among_the_first_runs_lets_the_experiment_go_on()
    {
        Results results = await Experiment.Create<int>("mostly", (n, _) =>
        {
            if (n != 2) Broken(n);
        }).Over(Space.From(Enumerable.Range(0, 20))).RunAsync(_store.Options with { StopWhenFirstFail = 5, Parallel = 1 });
        Assert.Equal((1, 19), (results.Successful.Count, results.Failed.Count));
    }

    [Fact]
    public async Task Different_failures_let_the_experiment_go_on()
    {
        Results results = await Experiment.Create<int>("varied", (n, _) =>
        {
            if (n % 2 == 0) Broken(n);
            else Otherwise(n);
        }).Over(Space.From(Enumerable.Range(0, 20))).RunAsync(_store.Options with { StopWhenFirstFail = 5, Parallel = 1 });
        Assert.Equal(20, results.Failed.Count);
    }

    [Fact]
    public async Task A_resumed_sweep_whose_remaining_runs_fail_alike_is_not_taken_for_broken()
    {
        Experiment<int> experiment = Experiment.Create<int>("rest", (n, _) =>
        {
            if (n >= 10) Broken(n);
        }).Over(Space.From(Enumerable.Range(0, 20)));
        RunOptions options = _store.Options with { StopWhenFirstFail = 5, Parallel = 1 };
        Assert.Equal(10, (await experiment.RunAsync(options)).Successful.Count);
        Assert.Equal(10, (await experiment.RunAsync(options)).Failed.Count);
    }

    [Fact]
    public async Task So_many_failures_stop_the_experiment()
    {
        Experiment<int> experiment = Experiment.Create<int>("some", (n, _) =>
        {
            if (n % 2 == 1) Broken(n);
        }).Over(Space.From(Enumerable.Range(0, 1000)));
        ExperimentStoppedException stop = await Assert.ThrowsAsync<ExperimentStoppedException>(
            () => experiment.RunAsync(_store.Options with { StopAfterFailures = 3, Parallel = 1 }));
        Assert.Contains("3 runs have failed, the most allowed by StopAfterFailures", stop.Message, StringComparison.Ordinal);
        Assert.InRange(stop.Results.Count, 6, 999);
    }

    private static void Broken(int n) => throw new NotSupportedException($"point {n}");

    private static void Otherwise(int n) => throw new ArgumentException($"point {n}");
}
