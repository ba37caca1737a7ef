namespace Assay.Tests.Execution;

public sealed class ParallelTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task As_many_synchronous_runs_as_asked_for_are_under_way_at_once_and_no_more(int parallel)
    {
        // Each wave of runs waits for its last member: fewer at once would never get on.
        using var together = new Barrier(parallel);
        var gauge = new Gauge();
        await Experiment.Create<int>("sync", (_, _) =>
        {
            using IDisposable inside = gauge.Enter();
            Assert.True(together.SignalAndWait(TestProgram.Patience));
        }).Over(Space.From(Enumerable.Range(0, parallel * 4))).RunAsync(_store.Options with { Parallel = parallel });
        Assert.Equal(parallel, gauge.Most);
        Assert.Equal(parallel * 4, _store.Load().Successful.Count);
    }

    [Fact]
    public async Task As_many_asynchronous_runs_as_asked_for_are_under_way_at_once_and_no_more()
    {
        const int Parallel = 20;
        var gauge = new Gauge();
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Experiment.Create<int>("async", async (_, _) =>
        {
            using IDisposable inside = gauge.Enter();
            if (gauge.Most == Parallel) full.TrySetResult();
            await full.Task;
            await Task.Yield();
        }).Over(Space.From(Enumerable.Range(0, 200))).RunAsync(_store.Options with { Parallel = Parallel });
        Assert.Equal(Parallel, gauge.Most);
        Assert.Equal(200, _store.Load().Successful.Count);
    }

    [Fact]
    public async Task Synchronous_runs_have_threads_of_their_own()
    {
        using var together = new Barrier(3);
        await Experiment.Create<int>("threads", (_, run) =>
        {
            together.SignalAndWait(TestProgram.Patience);
            run.Metric("pool", Thread.CurrentThread.IsThreadPoolThread);
            run.Metric("thread", Environment.CurrentManagedThreadId);
        }).Over(Space.From(Enumerable.Range(0, 3))).RunAsync(_store.Options with { Parallel = 3 });
        Assert.Equal(3, _store.Load().Select(r => r.Metrics["thread"]).Distinct().Count());
        Assert.All(_store.Load(), r => Assert.Equal(false, r.Metrics["pool"]));
    }

    [Fact]
    public async Task A_run_may_record_from_many_threads_of_its_own()
    {
        Results results = await Experiment.Create<int>("inner", (_, run) => Parallel.For(0, 200, i =>
        {
            run.Metric($"m{i}", i);
            run.Metric("series", i, step: i);
            run.Row(new { i });
            run.Log($"log {i}");
            run.Tag($"t{i % 3}");
        })).Over(Space.Values(1, 2)).RunAsync(_store.Options);
        Assert.Empty(results.Damage);
        foreach (RunRecord run in results)
        {
            Assert.Equal(200, run.Metrics.Count);
            Assert.Equal(Enumerable.Range(0, 200).Select(i => ((long)i, (double)i)), run.Series("series").Select(p => (p.Step, p.Value)));
            Assert.Equal(Enumerable.Range(0, 200).Select(i => (object)(long)i), run.Rows.Select(r => r["i"]).Order());
            Assert.Equal((200, 3), (run.Log.Count, run.Tags.Count));
        }
    }

    [Fact]
    public async Task Different_experiments_run_side_by_side_in_one_store()
    {
        using var together = new Barrier(2);
        Experiment<int> Make(string name) => Experiment.Create<int>(name, "1", (n, run) =>
        {
            Assert.True(together.SignalAndWait(TestProgram.Patience));
            run.Metric("of", name);
        }).Over(Space.From(Enumerable.Range(0, 10)));
        Results[] results =
            await Task.WhenAll(new[] { "a", "b" }.Select(name => Make(name).RunAsync(_store.Options with { Parallel = 1 })));
        Assert.All(results[0], r => Assert.Equal("a", r.Metrics["of"]));
        Assert.All(results[1], r => Assert.Equal("b", r.Metrics["of"]));
        Assert.Equal(20, _store.Load().Successful.Count);
    }

    /// <summary>Counts who is inside.</summary>
    private sealed class Gauge
    {
        private int _inside;
        private int _most;

        public int Most => Volatile.Read(ref _most);

        public IDisposable Enter()
        {
            int now = Interlocked.Increment(ref _inside);
            for (int most = _most; now > most; most = _most) Interlocked.CompareExchange(ref _most, now, most);
            return new Leave(this);
        }

        private sealed class Leave(Gauge gauge) : IDisposable
        {
            public void Dispose() => Interlocked.Decrement(ref gauge._inside);
        }
    }
}
