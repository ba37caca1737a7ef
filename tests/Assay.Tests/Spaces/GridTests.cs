namespace Assay.Tests.Spaces;

public class GridTests
{
    private static readonly AxisSpace<Train> Small = Space.Of<Train>().Grid(p => p.LearningRate, 0.001, 0.01, 0.1).Grid(p => p.Hidden, 8, 16);

    [Fact]
    public void The_last_axis_is_fastest()
    {
        Assert.Equal(
            [new(0.001, 8), new(0.001, 16), new(0.01, 8), new(0.01, 16), new(0.1, 8), new Train(0.1, 16)], Small);
        Assert.Equal(6, Small.Count);
    }

    [Fact]
    public void Whole_numbers_may_stand_for_real_ones()
    {
        Assert.Equal(2.0, Space.Of(new Train(0, 1)).Grid(p => p.LearningRate, 1, 2)[1].LearningRate);
        Assert.Equal(8, Space.Of(new Train(0, 1)).Grid("hidden", 8.0)[0].Hidden);
    }

    [Fact]
    public void A_sequence_of_any_kind_is_an_axis()
    {
        Space<Train> space = Space.Of(new Train(0, 1));
        AxisSpace<Train> axes = Space.Of(new Train(0, 1));
        Assert.Equal(1, space.Count);
        Assert.Equal(5, axes.Grid(p => p.Hidden, Enumerable.Range(1, 5)).Count);
        Assert.Equal(3, axes.Grid(p => p.Hidden, new List<int> { 1, 2, 3 }).Count);
        Assert.Equal(3, axes.Grid("Hidden", new[] { 1, 2, 3 }).Count);
        Assert.Equal(2, Space.Of(new Settings()).Grid("layers", new List<int> { 1, 2, 3 }, new List<int> { 1 }).Count);
        Assert.Equal([1, 2, 3], Space.Of(new Settings()).Grid("layers", new List<int> { 1, 2, 3 })[0].Layers);
    }

    [Fact]
    public void An_index_outside_the_space_is_refused_with_the_range()
    {
        Assert.Contains("points 0 to 5", Assert.Throws<ArgumentOutOfRangeException>(() => Small[6]).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Small[-1]);
    }

    [Fact]
    public void Adding_an_axis_leaves_the_space_it_was_added_to_alone()
    {
        AxisSpace<Train> before = Space.Of(new Train(1, 1)).Grid(p => p.Hidden, 1, 2);
        before.Grid(p => p.LearningRate, 0.1, 0.2);
        Assert.Equal(2, before.Count);
    }

    [Fact]
    public void A_billion_points_cost_nothing_until_one_is_asked_for()
    {
        AxisSpace<Train> big = Space.Of<Train>().Grid(p => p.LearningRate, Enumerable.Range(0, 100_000).Select(i => i / 7.0))
            .Grid(p => p.Hidden, Enumerable.Range(0, 100_000));
        Assert.Equal(10_000_000_000, big.Count);
        Assert.Equal(new Train(12_345 / 7.0, 67_890), big[1_234_567_890]);
    }

    [Fact]
    public void A_value_listed_twice_is_kept_and_noted()
    {
        AxisSpace<Train> twice = Space.Of(new Train(0, 1)).Grid(p => p.Hidden, 8, 16, 8);
        Assert.Equal(3, twice.Count);
        Assert.Empty(twice.Faults);
        Assert.Contains("8 (values 1 and 3)", Assert.Single(twice.Notes));
        Assert.Empty(Small.Notes);
    }
}
