using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class GridTests
{
    private static readonly AxisSpace<Train> Small =
        Space.Of<Train>().Grid(p => p.LearningRate, 0.001, 0.01, 0.1).Grid(p => p.Hidden, 8, 16);

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
    public void Adding_an_axis_does_not_change_the_original_space()
    {
        AxisSpace<Train> before = Space.Of(new Train(1, 1)).Grid(p => p.Hidden, 1, 2);
        before.Grid(p => p.LearningRate, 0.1, 0.2);
        Assert.Equal(2, before.Count);
    }

    [Fact]
    public void A_space_of_ten_billion_points_computes_single_points()
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

    [Fact]
    public void Any_grid_is_its_nested_loops()
    {
        Prop.ForAll<int[], double[], bool[]>((epochs, rates, shuffles) =>
        {
            Spaces.Config start = new(new Optimizer(), 0);
            AxisSpace<Spaces.Config> space = Space.Of(start)
                .Grid(p => p.Epochs, epochs).Grid("optimizer.learning_rate", rates).Grid(p => p.Shuffle, shuffles);
            if (epochs.Length * rates.Length * shuffles.Length == 0) return space.Faults.Count > 0;
            Spaces.Config[] expected = [.. from e in epochs from r in rates from s in shuffles
                                    select start with { Epochs = e, Optimizer = new Optimizer(r), Shuffle = s }];
            return space.Count == expected.Length && space.SequenceEqual(expected);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithReplay(17, 9));
    }

    [Fact]
    public void The_culture_changes_neither_points_nor_messages()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            string[] texts = [.. new[] { "", "de-DE", "fa-IR" }.Select(name =>
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                AxisSpace<Spaces.Config> space = Space.Of(new Spaces.Config(new Optimizer(), 1))
                    .Grid(p => p.Optimizer, new Optimizer(0.5), new Optimizer(-1.5))
                    .Random(2, 1, d => d.Quantized("limit", -3, 9, 1)).Grid("epochs", 0.5, -2.5);
                return JsonSerializer.Serialize(space.Describe()) + string.Join('|', space.Faults);
            })];
            Assert.Single(texts.Distinct());
            Assert.Contains("-1.5", texts[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
