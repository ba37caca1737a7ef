namespace Assay.Tests.Capture;

/// <summary>Points of series reach the journal while their run goes on, whether it records more or not.</summary>
public sealed class LiveSeriesTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_point_is_written_although_its_run_records_nothing_more(bool async)
    {
        int written = 0;
        void Operation(RunContext run)
        {
            run.Metric("loss", 0.5, step: 1);
            WaitForSeries();
            Interlocked.Increment(ref written);
        }

        Experiment<int> experiment = async ? Experiment.Create<int>("live", (_, run) => Task.Run(() => Operation(run)))
            : Experiment.Create<int>("live", (_, run) => Operation(run));
        Results results = await experiment.Over(Space.Values(1)).IdentifyCodeBy(CodeIdentity.None).RunAsync(_store.Options);

        Assert.Equal(1, written);
        Assert.Equal(0.5, Assert.Single(results[0].Series("loss")).Value);
    }

    [Fact]
    public void A_point_of_a_lone_run_is_written_although_it_records_nothing_more()
    {
        using Run run = Run.Start("live", options: new() { Store = _store.Path });
        run.Metric("loss", 0.5, step: 1);
        WaitForSeries();
    }

    private void WaitForSeries() => Assert.True(
        SpinWait.SpinUntil(IsWritten, TestProgram.Patience), "the point is not written");

    private bool IsWritten()
    {
        Thread.Sleep(20);
        return JournalText.Lines(_store.Path).Any(l => l.Kind() == "series");
    }
}
