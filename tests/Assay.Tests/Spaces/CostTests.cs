namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class CostTests
{
    private const int Points = 100_000;

    [Fact]
    public void A_point_of_a_grid_allocates_only_itself()
    {
        AxisSpace<Train> space = Grid();
        long own = Allocated(() => { for (int i = 0; i < Points; i++) Sink = new Train(i, i); });
        long indexed = Allocated(() => { for (int i = 0; i < Points; i++) Sink = space[i % 10_000]; });
        // The runtime itself may allocate a few bytes in either loop.
        Assert.InRange(indexed, 0, own + Points);
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
