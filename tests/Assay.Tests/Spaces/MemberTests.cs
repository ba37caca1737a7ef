namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class MemberTests
{
    private static readonly Config Baseline = new(new Optimizer(0.5, 0.6, Rule.Adam), 3, "mine", 7) { Shuffle = false };

    [Fact]
    public void The_baseline_supplies_members_without_an_axis()
    {
        Config point = Space.Of(Baseline).Grid(p => p.Epochs, 10, 20)[1];
        Assert.Equal(Baseline with { Epochs = 20 }, point);
    }

    [Fact]
    public void A_nested_member_is_set_and_the_others_keep_their_values()
    {
        Config point = Space.Of(Baseline).Grid(p => p.Optimizer.LearningRate, 1, 2)[1];
        Assert.Equal(Baseline with { Optimizer = new Optimizer(2, 0.6, Rule.Adam) }, point);
    }

    [Theory]
    [InlineData("Optimizer.LearningRate")]
    [InlineData("optimizer.learning_rate")]
    [InlineData("OPTIMIZER.learningRate")]
    [InlineData("optimizer.learning-rate")]
    public void A_path_may_be_written_in_any_casing(string path) =>
        Assert.Equal(2, Space.Of(Baseline).Grid(path, 1.0, 2.0)[1].Optimizer.LearningRate);

    [Fact]
    public void Without_a_baseline_defaults_and_initialisers_apply()
    {
        Config point = Space.Of<Config>().Grid(p => p.Optimizer.Momentum, 0.7).Grid(p => p.Epochs, 5)[0];
        Assert.Equal(new Config(new Optimizer(Momentum: 0.7), 5), point);
        Assert.True(point.Shuffle);
    }

    [Fact]
    public void Settable_members_keep_the_values_of_their_initialisers()
    {
        Settings point = Space.Of<Settings>().Grid(p => p.Optimizer.LearningRate, 1.0).Grid("dropout", 0.1)[0];
        Assert.Equal(new Optimizer(1.0, 0.5), point.Optimizer);
        Assert.Equal(0.1f, point.Dropout);
        Assert.Equal([8], point.Layers);
    }

    [Fact]
    public void Objects_are_made_anew_for_every_point()
    {
        AxisSpace<Settings> space = Space.Of<Settings>().Grid(p => p.Dropout, 0.1f, 0.2f);
        Assert.NotSame(space[0].Optimizer, space[1].Optimizer);
        Assert.NotSame(space[0], space[0]);
    }

    [Fact]
    public void Structs_tuples_and_anonymous_objects_are_points_too()
    {
        Pair pair = Space.Of<Pair>().Grid(p => p.A, 1, 2).Grid(p => p.B, 3)[1];
        Assert.Equal((2, 3), (pair.A, pair.B));
        Assert.Equal((0.5, 4), Space.Of<(double Rate, int Size)>().Grid(p => p.Rate, 0.5).Grid(p => p.Size, 4)[0]);
        Assert.Equal(new { Rate = 0.5, Size = 9 }, Space.Of(new { Rate = 0.1, Size = 1 }).Grid(p => p.Rate, 0.5).Grid(p => p.Size, 9)[0]);
    }

    [Fact]
    public void Nullable_members_take_null_and_enums_their_names()
    {
        Assert.Equal([null, 3], Space.Of(Baseline).Grid(p => p.Limit, null, 3).Select(p => p.Limit));
        Assert.Equal([null, 3], Space.Of(Baseline).Grid("limit", null, 3).Select(p => p.Limit));
        Assert.Equal(Rule.Sgd, Space.Of(Baseline).Grid("optimizer.rule", "sgd")[0].Optimizer.Rule);
    }

    [Fact]
    public void A_space_without_axes_is_one_point()
    {
        Assert.Same(Baseline, Assert.Single(Space.Of(Baseline)));
        Assert.Equal(new Optimizer(), Assert.Single(Space.Of<Optimizer>()));
    }

    [Fact]
    public void Members_of_a_baseline_value_are_those_of_its_runtime_type()
    {
        var tall = new Holder(new Tall(1, 2));
        Assert.Equal(new Holder(new Tall(1, 9)), Space.Of(tall).Grid("shape.height", 9)[0]);
    }

    public abstract record Shape(int Width);

    public sealed record Tall(int Width, int Height) : Shape(Width);

    public sealed record Holder(Shape Shape);
}
