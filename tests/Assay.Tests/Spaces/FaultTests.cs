namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class FaultTests
{
    private static readonly AxisSpace<Config> Base = Space.Of(new Config(new Optimizer(), 3));

    [Theory]
    [InlineData("lerning_rate", "did you mean Optimizer.LearningRate?")]
    [InlineData("optimiser.learning_rate", "did you mean Optimizer.LearningRate")]
    [InlineData("epoch", "did you mean Epochs?")]
    [InlineData("colour", "its members are Optimizer, Epochs, Name, Limit, Shuffle, Label")]
    [InlineData("optimizer.colour", "Optimizer has no member \"colour\"; its members are LearningRate, Momentum, Rule")]
    [InlineData("epochs.colour", "int has no members")]
    [InlineData("a..b", "empty part")]
    public void An_unknown_path_is_a_fault_that_suggests_members(string path, string help) =>
        Assert.Contains(help, Only(Base.Grid(path, 1)));

    [Theory]
    [InlineData("epochs", "abc", "\"abc\" is of type string, expected int")]
    [InlineData("epochs", 0.5, "0.5 cannot be represented by int")]
    [InlineData("epochs", 3_000_000_000L, "3000000000 is outside the range of int")]
    [InlineData("epochs", null, "null is not a value of type int")]
    [InlineData("epochs", true, "true is of type bool, expected int")]
    [InlineData("name", null, "null is not a value of type string")]
    [InlineData("optimizer.rule", "lbfgs", "its values are Sgd, Adam")]
    [InlineData("optimizer", 3, "3 is of type int, expected Optimizer")]
    [InlineData("optimizer.momentum", (1L << 53) + 1, "cannot be represented by double")]
    public void A_value_that_the_member_cannot_hold_is_a_fault(string path, object? value, string message) =>
        Assert.Contains(message, Only(Base.Grid(path, value)));

    [Fact]
    public void A_real_number_for_an_integer_member_is_a_fault_in_an_expression_axis_too() =>
        Assert.Contains("axis Epochs, value 2: 1.5 cannot be represented by int", Only(Base.Grid(p => p.Epochs, 1.0, 1.5)));

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        AxisSpace<Config> space = Base.Grid("nothing", 1).Grid(p => p.Epochs).Grid("name", 3);
        Assert.Equal(3, space.Faults.Count);
        Assert.Equal(space.Faults, Assert.Throws<InvalidExperimentException>(() => space.Count).Faults);
        Assert.Throws<InvalidExperimentException>(() => space[0]);
    }

    [Fact]
    public void An_empty_axis_is_a_fault()
    {
        Assert.Contains("axis Epochs has no values", Only(Base.Grid(p => p.Epochs)));
        Assert.Contains("0 samples", Only(Base.Random(0, 1, d => d.Int(p => p.Epochs, 1, 2))));
        Assert.Contains("has no member", Only(Base.Random(3, 1, d => d)));
        Assert.Contains("empty", Only(Space.From(Array.Empty<int>())));
        Assert.Contains("no parts", Only(Space.Union<int>()));
    }

    [Fact]
    public void A_member_on_two_axes_is_a_fault()
    {
        Assert.Contains("Epochs is on two axes", Only(Base.Grid(p => p.Epochs, 1).Grid("epochs", 2)));
        Assert.Contains("around it", Only(Base.Grid(p => p.Optimizer, new Optimizer()).Grid(p => p.Optimizer.Momentum, 1)));
        Assert.Contains("inside it", Only(Base.Grid(p => p.Optimizer.Momentum, 1).Grid(p => p.Optimizer, new Optimizer())));
    }

    [Fact]
    public void A_member_without_any_value_is_a_fault_with_remedies()
    {
        string fault = Only(Space.Of<Train>().Grid(p => p.LearningRate, 0.1));
        Assert.Equal("Hidden has no axis, no baseline value and no default; add an axis for it, pass a baseline to Space.Of, "
            + "or give the constructor's parameter a default value", fault);
        Assert.Contains("Title has no axis", Only(Space.Of<Needy>()));
        Assert.Equal("x", Space.Of<Needy>().Grid(p => p.Title, "x")[0].Title);
    }

    [Fact]
    public void A_computed_member_cannot_be_an_axis() => Assert.Contains("Label cannot be set", Only(Base.Grid(p => p.Label, "x")));

    [Fact]
    public void An_expression_that_names_no_member_is_a_fault()
    {
        Assert.Contains("names no member", Only(Base.Grid(p => p.Epochs + 1, 1)));
        Assert.Contains("Space.Values", Only(Space.Of(1).Grid(p => p, 1, 2)));
        Assert.Contains("Space.Values", Only(Space.Of<int>()));
    }

    [Fact]
    public void Types_that_cannot_be_built_are_faults()
    {
        Assert.Contains("abstract", Only(Space.Of<MemberTests.Shape>()));
        Assert.Contains("no public constructor", Only(Space.Of<Opaque>()));
    }

    [Fact]
    public void More_points_than_can_be_numbered_are_a_fault()
    {
        int[] many = [.. Enumerable.Range(0, 100_000)];
        AxisSpace<Wide> space = Space.Of(new Wide(0, 0, 0, 0))
            .Grid(p => p.A, many).Grid(p => p.B, many).Grid(p => p.C, many).Grid(p => p.D, many);
        Assert.Contains("100000 × 100000 × 100000 × 100000 points, expected at most 9223372036854775807", Only(space));
        Assert.Contains("more than", Only(Space.Product((a, b, c, d) => 0, Many(), Many(), Many(), Many())));

        IEnumerable<Variable<int>> Many() => many.Select(i => Variable.Of(i));
    }

    [Fact]
    public void A_constructor_that_refuses_its_values_says_which()
    {
        AxisSpace<Picky> space = Space.Of<Picky>().Grid(p => p.Size, 1, -1);
        Assert.Equal(1, space[0].Size);
        string message = Assert.Throws<AssayException>(() => space[1]).Message;
        Assert.Contains("Picky refused the values Size = -1: ArgumentException: too small", message);
    }

    [Fact]
    public void A_faulty_space_can_still_be_described()
    {
        SpaceDescription description = Base.Grid("nothing", 1, 2).Describe();
        Assert.Null(description.Count);
        Assert.Equal("nothing", description.Axes[0].Members[0].Name);
    }

    internal static string Only<T>(Space<T> space) => Assert.Single(space.Faults);

    public sealed record Needy
    {
        public required string Title { get; init; }
    }

    public sealed class Opaque(string secret)
    {
        public int Length => secret.Length;
    }

    public sealed record Wide(int A, int B, int C, int D);

    public sealed record Picky
    {
        public Picky(int size) => Size = size > 0 ? size : throw new ArgumentException("too small");

        public int Size { get; }
    }
}
