using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class CombinedTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Config Seeded = new(new Optimizer(), 1);

    [Fact]
    public void Values_and_points_keep_their_order()
    {
        Assert.Equal([30, 10, 20], Space.Values(30, 10, 20));
        Assert.Equal("b", Space.Values("a", "b")[1]);
        Assert.Equal([new Train(1, 1), new Train(2, 2)], Space.From([new Train(1, 1), new Train(2, 2)]));
    }

    [Fact]
    public void A_sequence_of_values_stands_for_its_elements_and_a_text_for_itself()
    {
        Space<int> range = Space.Values(Enumerable.Range(1, 3)), list = Space.Values(new List<int> { 1, 2, 3 });
        Space<int> set = Space.Values(new HashSet<int> { 1, 2, 3 }), array = Space.Values([.. range]);
        Assert.All([range, list, set, array], space => Assert.Equal([1, 2, 3], space));
        Space<string> text = Space.Values("adam"), texts = Space.Values(new[] { "adam", "sgd" }.Where(name => name.Length == 3));
        Assert.Equal(["adam"], text);
        Assert.Equal(["sgd"], texts);
        Assert.Equal(2, Space.Values<int[]>([1, 2], [3]).Count);
    }

    [Fact]
    public void A_missing_point_is_a_fault() =>
        Assert.Contains("point 1 of the list is null", FaultTests.Only(Space.From([new Train(1, 1), null!])));

    [Fact]
    public void A_union_is_one_space_after_the_other()
    {
        Space<int> union = Space.Values(1, 2).Union(Space.Values(3), Space.Values(2, 4));
        Assert.Equal([1, 2, 3, 2, 4], union);
        Assert.Throws<ArgumentOutOfRangeException>(() => union[5]);
        Assert.Contains("part 2 of the union: the list of points is empty", FaultTests.Only(Space.Values(1).Union(Space.Values<int>())));
    }

    [Fact]
    public void A_filter_keeps_the_order_and_looks_at_each_point_once()
    {
        int looks = 0;
        Space<int> even = Space.From(Enumerable.Range(0, 1000)).Where(i => Interlocked.Increment(ref looks) > 0 && i % 2 == 0);
        Assert.Equal(500, even.Count);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => i * 2), even);
        Assert.Equal(1000, looks);
        Assert.Throws<ArgumentOutOfRangeException>(() => even[500]);
    }

    [Fact]
    public void A_filter_may_be_read_from_many_threads_at_once()
    {
        int looks = 0;
        Space<int> odd = Space.From(Enumerable.Range(0, 10_000)).Where(i => Interlocked.Increment(ref looks) > 0 && i % 2 == 1);
        Parallel.For(0, 5000, i => Assert.Equal(2 * i + 1, odd[i]));
        Assert.Equal(10_000, looks);
    }

    [Fact]
    public void A_filter_that_keeps_nothing_or_throws_is_a_fault()
    {
        Assert.Contains("keeps none of the 3 points", FaultTests.Only(Space.Values(1, 2, 3).Where(i => i > 3)));
        Assert.Contains("failed at point 2: DivideByZeroException", FaultTests.Only(Space.Values(1, 2, 0).Where(i => 1 / i >= 0)));
        Assert.Contains("Hidden has no axis", FaultTests.Only(Space.Of<Train>().Grid(p => p.LearningRate, 1).Where(p => true)));
        AxisSpace<FaultTests.Wide> huge = Space.Of(new FaultTests.Wide(0, 0, 0, 0))
            .Random(int.MaxValue, 1, d => d.Int(p => p.A, 0, 9)).Random(99, 1, d => d.Int(p => p.B, 0, 9));
        Assert.Contains("expected at most 8589934592", FaultTests.Only(huge.Where(p => true)));
    }

    [Fact]
    public void Any_selection_is_found_by_rank()
    {
        Prop.ForAll<bool[]>(ArbMap.Default.ArbFor<bool[]>(), kept =>
        {
            bool[] wide = [.. Enumerable.Repeat(kept, 40).SelectMany(bits => bits)];
            RankBitmap map = RankBitmap.Scan(wide.Length, i => wide[i]);
            long[] expected = [.. wide.Select((bit, i) => (bit, i)).Where(x => x.bit).Select(x => (long)x.i)];
            return map.Count == expected.Length && expected.Select((position, rank) => map.Select(rank) == position).All(x => x);
        }).Check(Config());
    }

    [Fact]
    public void Any_union_of_parts_is_their_concatenation()
    {
        Prop.ForAll<int[][]>(ArbMap.Default.ArbFor<int[][]>(), parts =>
        {
            int[][] filled = [.. parts.Where(part => part.Length > 0)];
            if (filled.Length == 0) return true;
            Space<int> union = Space.Union([.. filled.Select(part => Space.From(part))]);
            return union.SequenceEqual(filled.SelectMany(part => part)) && union.Count == filled.Sum(part => part.Length);
        }).Check(Config());
    }

    [Fact]
    public void A_description_says_what_there_is_as_json()
    {
        SpaceDescription description = Space.Of(Seeded).Grid(p => p.Epochs, 1, 2)
            .Random(3, 7, d => d.LogUniform(p => p.Optimizer.LearningRate, 0.001, 0.1))
            .Where(p => p.Epochs == 1).Union(Space.From([Seeded])).Describe();
        Approved.Matches("description", JsonSerializer.Serialize(description, Indented) + "\n");
    }

    private static FsCheck.Config Config() => FsCheck.Config.QuickThrowOnFailure.WithReplay(20_260_101, 7);
}
