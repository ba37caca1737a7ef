using System.Text.Json;

namespace Assay.Tests.Execution;

/// <summary>What libraries on top of the engine use: chosen runs, a gentle stop, lines and failures of their own kinds.</summary>
[Trait("Category", "Quick")]
public class ChosenRunsTests
{
    [Fact]
    public async Task Chosen_indices_alone_are_executed_and_the_results_are_those_of_the_plan()
    {
        using var folder = new TempFolder();
        Experiment<int> experiment = Squares((n, run) => run.Metric("square", n * n));
        Results first = await experiment.RunAsync(In(folder) with { Indices = [1, 4, 99] });
        Assert.Equal([1L, 16L], first.Select(run => run.Metrics["square"]).Order());
        Assert.Equal([null, 1L, null, null, 4L], experiment.Find(In(folder)).Select(run => run?.Index));
        Assert.Equal(5, (await experiment.RunAsync(In(folder))).Count);
    }

    [Fact]
    public void Nothing_is_found_where_there_is_no_store()
    {
        using var folder = new TempFolder();
        Assert.Equal(5, Squares((n, run) => run.Metric("square", n)).Find(In(folder)).Count(run => run is null));
        Assert.False(Directory.Exists(folder.File("store")));
    }

    [Fact]
    public async Task After_a_stop_no_run_starts_and_those_under_way_end()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        Results results = await Squares((n, run) =>
        {
            if (run.Index == 1) stop.Cancel();
            run.Metric("square", n * n);
        }).RunAsync(In(folder) with { Parallel = 1, Stop = stop.Token });
        Assert.Equal([RunStatus.Success, RunStatus.Success], results.Select(run => run.Status));
    }

    [Fact]
    public async Task Lines_of_a_kind_of_a_library_are_read_back_in_order()
    {
        using var folder = new TempFolder();
        Results results = await Squares((n, run) =>
        {
            run.Record("note", """{"text":"first"}"""u8);
            run.Record("note", JsonSerializer.SerializeToUtf8Bytes(new { n }));
        }).RunAsync(In(folder) with { Head = 1 });
        Assert.Equal(["""{"text":"first"}""", """{"n":0}"""], results[0].Recorded("note").Select(line => line.Value.GetRawText()));
        Assert.Empty(results[0].Recorded("other"));
        Assert.Empty(StoreCheck.Run(StoreLocation.Open(folder.File("store"))).Findings);
    }

    [Theory]
    [InlineData("row", "{}")]
    [InlineData("No", "{}")]
    [InlineData("", "{}")]
    [InlineData("note", "[1]")]
    [InlineData("note", "{\n}")]
    public async Task A_kind_of_the_store_and_what_is_no_line_are_refused(string kind, string json)
    {
        using var folder = new TempFolder();
        Results results = await Squares((_, run) => run.Record(kind, System.Text.Encoding.UTF8.GetBytes(json)))
            .RunAsync(In(folder) with { Head = 1 });
        Assert.Equal(typeof(CaptureException).FullName, results[0].Error!.Type);
    }

    [Theory]
    [InlineData("rate_limit", RunStatus.Failed)]
    [InlineData("cancelled", RunStatus.Cancelled)]
    public async Task An_operation_can_tell_the_sort_of_its_failure(string kind, RunStatus status)
    {
        using var folder = new TempFolder();
        Results results = await Squares((_, _) => throw new RunErrorException(kind, "too many")).RunAsync(In(folder) with { Head = 1 });
        Assert.Equal((status, kind, "too many"), (results[0].Status, results[0].Error!.Kind, results[0].Error!.Message));
    }

    [Fact]
    public async Task Wrapped_code_identifies_runs_and_not_the_wrapper()
    {
        using var folder = new TempFolder();
        Func<int, int> one = n => n + 1, two = n => n + 2;
        string[] ids = [await IdAsync(one), await IdAsync(one), await IdAsync(two), await IdAsync(one, two), await IdAsync(two, one)];
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(4, ids.Distinct().Count());

        async Task<string> IdAsync(params Delegate[] code) =>
            (await Squares((n, run) => run.Metric("square", n)).IdentifyCodeOf(code).RunAsync(In(folder) with { Head = 1 }))[0].Id;
    }

    private static Experiment<int> Squares(Action<int, RunContext> operation) =>
        Experiment.Create("squares", operation).Over(Space.Values(0, 1, 2, 3, 4));

    private static RunOptions In(TempFolder folder) => new()
    {
        Store = folder.File("store"),
        Progress = ProgressMode.None,
        HandleSignals = false,
        Snapshot = SnapshotOptions.Off,
    };
}
