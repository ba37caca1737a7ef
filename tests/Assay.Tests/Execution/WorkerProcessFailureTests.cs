namespace Assay.Tests.Execution;

/// <summary>Counting failures that several slots report at once.</summary>
[Trait("Category", "Quick")]
public sealed class WorkerProcessFailureTests
{
    private const int Slots = 4;

    [Fact]
    public void Failures_told_by_several_slots_at_once_are_counted_one_after_another()
    {
        using var stop = new StopControl(() => { }, TimeProvider.System, TimeSpan.Zero);
        var watch = new FailureWatch(new RunOptions { StopAfterFailures = Slots, StopWhenFirstFail = null }, stop, hasWorked: false);
        var run = new WatchedRun();
        Thread[] slots = [.. Enumerable.Range(0, Slots).Select(_ => new Thread(() => watch.Ended(run)))];

        foreach (Thread slot in slots) slot.Start();
        foreach (Thread slot in slots) slot.Join();

        Assert.Equal(1, run.MostAtOnce);
        Assert.True(stop.Stopping);
    }

    // Its error is looked at in the midst of counting, for long enough that others would come in between.
    private sealed class WatchedRun : IEndedRun
    {
        private int _inside;

        public int MostAtOnce { get; private set; }

        public RunError? Error
        {
            get
            {
                MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
                Thread.Sleep(100);
                Interlocked.Decrement(ref _inside);
                return new RunError("exception", "t", "m", null);
            }
        }

        public string Id => "";

        public string Experiment => "e";

        public long Index => 0;

        public int Attempt => 1;

        public bool IsFirstAttempt => true;

        public RunStatus Status => RunStatus.Failed;

        public TimeSpan Duration => TimeSpan.Zero;

        public IReadOnlyDictionary<string, object?> MetricsSoFar => new Dictionary<string, object?>();
    }
}
