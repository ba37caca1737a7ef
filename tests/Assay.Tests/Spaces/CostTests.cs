using System.Diagnostics;

namespace Assay.Tests.Spaces;

public class CostTests
{
    private const int Points = 100_000;

    [Fact]
    public void A_point_of_a_grid_allocates_only_itself()
    {
        AxisSpace<Train> space = Grid();
        long own = Allocated(() => { for (int i = 0; i < Points; i++) Sink = new Train(i, i); });
        long indexed = Allocated(() => { for (int i = 0; i < Points; i++) Sink = space[i % 10_000]; });
        Assert.InRange(indexed, own, own + Points);
    }

    [Fact]
    public void A_point_of_a_grid_is_made_in_far_less_than_a_microsecond()
    {
        AxisSpace<Train> space = Grid();
        // The best of many short rounds: other work on the machine must not decide.
        double best = double.MaxValue;
        for (int round = 0; round < 50; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < 10_000; i++) Sink = space[i];
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / 10_000);
        }
        Assert.InRange(best, 0, 300);
    }

    private static object? Sink { get; set; }

    private static AxisSpace<Train> Grid() => Space.Of<Train>().Grid(p => p.LearningRate, Enumerable.Range(0, 100).Select(i => i / 3.0))
        .Grid(p => p.Hidden, Enumerable.Range(0, 100));

    private static long Allocated(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
