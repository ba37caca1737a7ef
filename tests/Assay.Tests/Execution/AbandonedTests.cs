namespace Assay.Tests.Execution;

[Collection(ErrorOutput.Name)]
public sealed class AbandonedTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly ManualResetEventSlim _end = new();

    public void Dispose()
    {
        _end.Set();
        _store.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Operations_that_ignore_their_cancellation_are_named_once_at_the_end(bool async)
    {
        string errors = await Run(async, run => _end.Wait());

        string remark = Assert.Single(errors.Split('\n'), line => line.Contains("still", StringComparison.Ordinal));
        string thread = async ? "" : @" \(assay-worker-\d+\)";
        Assert.Matches($"^assay: 2 operations still go on after the end of their runs .*: run 1{thread}, run 3{thread}\\. ", remark);
        Assert.Contains("new WorkerProcesses()", remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Operations_that_end_with_their_cancellation_are_not_named(bool async) => Assert.DoesNotContain(
        "still", await Run(async, run => run.CancellationToken.WaitHandle.WaitOne()), StringComparison.Ordinal);

    private async Task<string> Run(bool async, Action<RunContext> wait)
    {
        void Operation(int n, RunContext run)
        {
            if (n % 2 == 1) wait(run);
        }

        Experiment<int> experiment = async
            ? Experiment.Create<int>("abandoned", (n, run) => Task.Run(() => Operation(n, run)))
            : Experiment.Create<int>("abandoned", (n, run) => Operation(n, run));
        (_, string errors) = await ErrorOutput.While(() => experiment.Over(Space.Values(Enumerable.Range(0, 4)))
            .RunAsync(_store.Options with { Timeout = TimeSpan.FromMilliseconds(100) }));
        return errors;
    }
}
