namespace Assay.Tests.Execution;

/// <summary>What a run finds around it: scratch folder, shared values, seeds, index.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scratch_folder_is_the_runs_own_and_is_gone_when_it_ends_however_it_ends(bool async)
    {
        void Operation(int n, RunContext run)
        {
            File.WriteAllText(Path.Combine(run.ScratchFolder, "file"), "x");
            Directory.CreateDirectory(Path.Combine(run.ScratchFolder, "below"));
            run.Metric("there", Directory.GetFileSystemEntries(run.ScratchFolder).Length);
            run.Metric("folder", run.ScratchFolder);
            if (n == 1) throw new InvalidOperationException();
        }

        Experiment<int> experiment = async
            ? Experiment.Create<int>("scratch", (n, run) => Task.Run(() => Operation(n, run)))
            : Experiment.Create<int>("scratch", Operation);
        Results results = await experiment.Over(Space.Values(0, 1, 2)).RunAsync(_store.Options);
        Assert.All(results, r => Assert.Equal(2L, r.Metrics["there"]));
        string[] folders = [.. results.Select(r => (string)r.Metrics["folder"]!)];
        Assert.Equal(3, folders.Distinct().Count());
        Assert.All(folders, f => Assert.False(Directory.Exists(f)));
    }

    [Fact]
    public async Task The_scratch_folder_of_a_run_that_was_left_behind_goes_when_the_operation_returns()
    {
        using var end = new ManualResetEventSlim();
        string folder = "";
        Thread? thread = null;
        await Experiment.Create<int>("scratch", (_, run) =>
        {
            thread = Thread.CurrentThread;
            folder = run.ScratchFolder;
            end.Wait();
        }).Over(Space.Values(0)).RunAsync(_store.Options with { Timeout = TimeSpan.FromMilliseconds(50) });
        Assert.True(Directory.Exists(folder));
        end.Set();
        Assert.True(thread!.Join(TestProgram.Patience));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_shared_value_is_made_once_a_session_and_disposed_at_its_end()
    {
        int made = 0;
        var values = new List<Disposable>();
        Results results = await Experiment.Create<int>("shared", (_, run) =>
        {
            Disposable value = run.Shared("data", () => new Disposable(Interlocked.Increment(ref made)));
            lock (values) values.Add(value);
            run.Metric("usable", !value.Disposed);
        }).Over(Space.From(Enumerable.Range(0, 20))).RunAsync(_store.Options with { Parallel = 4 });
        Assert.Equal(1, made);
        Assert.Single(values.Distinct());
        Assert.True(values[0].Disposed);
        Assert.All(results, r => Assert.Equal(true, r.Metrics["usable"]));
    }

    [Fact]
    public async Task A_shared_value_that_cannot_be_made_fails_every_run_that_asks_for_it_in_the_same_way()
    {
        int tried = 0;
        Results results = await Experiment.Create<int>("shared", (n, run) =>
        {
            if (n > 0) run.Shared<object>("data", () => throw new InvalidOperationException($"try {Interlocked.Increment(ref tried)}"));
        }).Over(Space.Values(0, 1, 2)).RunAsync(_store.Options);
        Assert.Single(results.Successful);
        Assert.All(results.Failed, r => Assert.Equal("try 1", r.Error!.Message));
    }

    [Fact]
    public async Task A_shared_value_asked_for_as_another_type_is_told()
    {
        Results results = await Experiment.Create<int>("shared", (n, run) =>
        {
            run.Shared("data", () => "text");
            run.Shared("data", () => new List<int>());
        }).Over(Space.Values(0)).RunAsync(_store.Options);
        Assert.Contains("the shared value 'data' is a System.String; expected a System.Collections.Generic.List<System.Int32>",
            results[0].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_knows_its_place_its_id_and_its_seeds()
    {
        Results results = await Experiment.Create<int>("place", (n, run) =>
        {
            run.Metric("id", run.Id);
            run.Metric("index", run.Index);
            run.Metric("drawn", run.Seeds.Random().NextDouble());
            run.Metric("of", run.Experiment);
        }).Over(Space.Values(7, 8)).Repeat(3, seed: 42).RunAsync(_store.Options);
        Assert.Equal([0L, 1, 2, 3, 4, 5], results.Select(r => (long)r.Metrics["index"]!));
        Assert.All(results, r => Assert.Equal((r.Id, "place"), (r.Metrics["id"], r.Metrics["of"])));
        Assert.Equal(3, results.Select(r => r.Metrics["drawn"]).Distinct().Count());
        Assert.Equal(results[0].Metrics["drawn"], results[3].Metrics["drawn"]);
        Assert.Equal(results[0].Metrics["drawn"], new SeedBundle(42, 0).Random().NextDouble());
        Assert.Equal([new RecordedSeed(42, 0, null), new RecordedSeed(42, 1, null), new RecordedSeed(42, 2, null)], results.Take(3)
            .Select(r => r.Seed!));
    }

    [Fact]
    public async Task Seeds_mixed_with_the_point_differ_between_points()
    {
        Results results = await Experiment.Create<int>("mixed", (_, run) => run.Metric("drawn", run.Seeds.Random().NextDouble()))
            .Over(Space.Values(7, 8)).Repeat(2, seed: 42, mixPoint: true).RunAsync(_store.Options);
        Assert.Equal(4, results.Select(r => r.Metrics["drawn"]).Distinct().Count());
        Assert.Equal(results[2].Seed, _store.Load()[results[2].Id].Seed);
        Assert.Equal(results[2].Fingerprints["params"], results[2].Seed!.Point);
    }

    private sealed class Disposable(int number) : IDisposable
    {
        public int Number { get; } = number;

        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
