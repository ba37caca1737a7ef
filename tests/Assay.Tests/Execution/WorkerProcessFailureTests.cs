namespace Assay.Tests.Execution;

/// <summary>Counting failures that several slots report at once.</summary>
public sealed class WorkerProcessFailureTests
{
    private const int Slots = 4;
    private const int Each = 200_000;

    [Fact]
    public void Failures_told_by_several_slots_at_once_are_all_counted()
    {
        using var stop = new StopControl(() => { }, TimeProvider.System, TimeSpan.Zero);
        var watch = new FailureWatch(new RunOptions { StopAfterFailures = Slots * Each, StopWhenFirstFail = null }, stop, hasWorked: false);
        var run = new RemoteRun("", "e", 0, 1, true) { Status = RunStatus.Failed, Error = new RunError("exception", "t", "m", null) };

        Parallel.For(0, Slots, _ =>
        {
            for (int i = 0; i < Each; i++) watch.Ended(run);
        });

        Assert.True(stop.Stopping);
    }
}
