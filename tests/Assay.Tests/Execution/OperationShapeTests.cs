namespace Assay.Tests.Execution;

[Trait("Category", "Quick")]
public sealed class OperationShapeTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _done;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_task_is_awaited_whatever_shape_the_lambda_has()
    {
        await Run(Experiment.Create<int>("a", async (n, run) => await Finish(run)));
        await Run(Experiment.Create<int>("b", (n, run) => Finish(run)));
        await Run(Experiment.Create<int>("c", (n, run) => FinishValue(run)));
        await Run(Experiment.Create<int>("d", "2", (n, run) => FinishValue(run)));
        await Run(Experiment.Create("e", "1", "context", (int n, string context, RunContext run) => FinishValue(run)));
        await Run(Experiment.Create("f", "1", "context", async (int n, string context, RunContext run) => await Finish(run)));

        Assert.Equal(6, _done);
    }

    [Fact]
    public async Task An_async_void_operation_is_refused_because_nobody_can_wait_for_it()
    {
        Experiment<int> experiment = Experiment.Create<int>("void", Forget).Over(Space.Values(1));

        var fault = await Assert.ThrowsAsync<InvalidExperimentException>(() => experiment.RunAsync(Options));

        Assert.Contains("'Forget' is async and returns void", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, _done);
    }

    [Fact]
    public async Task An_operation_that_changes_its_parameters_fails_instead_of_standing_under_those_it_did_not_have()
    {
        Results results = await Experiment
            .Create<Lists>("mutates", (p, run) => p.Items.Add(1))
            .Over(Space.From([new Lists([1, 2])]))
            .RunAsync(Options);

        Assert.Empty(results.Successful);
        RunRecord failed = Assert.Single(Store.Open(_folder.File("store")).LoadAll());
        Assert.Contains("changed its own parameters", failed.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_only_read_is_fine()
    {
        Results results = await Experiment
            .Create<Lists>("reads", (p, run) => run.Metric("sum", p.Items.Sum()))
            .Over(Space.From([new Lists([1, 2]), new Lists([3])]))
            .Repeat(2)
            .RunAsync(Options);

        Assert.Equal([3L, 3L, 3L, 3L], results.Successful.Select(r => r.Metrics["sum"]));
    }

    private RunOptions Options => new() { Store = _folder.File("store"), Progress = ProgressMode.None };

    private async Task Run(Experiment<int> experiment)
    {
        Results results = await experiment.Over(Space.Values(1)).RunAsync(Options);
        Assert.Equal("late", Assert.Single(results.Successful).Metrics["when"]);
    }

    private async Task Finish(RunContext run)
    {
        await Task.Yield();
        run.Metric("when", "late");
        Interlocked.Increment(ref _done);
    }

    private async ValueTask FinishValue(RunContext run) => await Finish(run);

    private async void Forget(int n, RunContext run) => await Finish(run);

    private sealed record Lists(List<int> Items);
}
