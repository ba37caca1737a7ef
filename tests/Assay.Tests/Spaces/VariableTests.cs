namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class VariableTests
{
    private static readonly Variable<double>[] Rates = [new(0.01, new { lr = 0.01 }), new(0.1, new { lr = 0.1 })];
    private static readonly Variable<int>[] Batches = [new(16, new { batch = 16 }), new(32, new { batch = 32 })];

    [Fact]
    public void A_product_takes_every_combination_the_last_list_fastest()
    {
        Space<Train> space = Space.Product((lr, batch) => new Train(lr, batch), Rates, Batches);
        Assert.Equal([new(0.01, 16), new(0.01, 32), new(0.1, 16), new Train(0.1, 32)], space);
        Assert.Equal([new("lr", 0.1), new KeyValuePair<string, object?>("batch", 16)], space.Labels(2));
    }

    [Fact]
    public void The_later_value_of_a_repeated_column_stands_at_the_earlier_position()
    {
        Space<int> space = Space.Product((a, b) => a + b,
            [Variable.Of(1, new { name = "first", a = 1 })], [Variable.Of(2, new Dictionary<string, int> { ["b"] = 2, ["name"] = 9 })]);
        Assert.Equal([new("name", 9), new("a", 1), new KeyValuePair<string, object?>("b", 2)], space.Labels(0));
    }

    [Fact]
    public void Labels_follow_points_through_filters_and_unions()
    {
        Space<Train> space = Space.Product((lr, batch) => new Train(lr, batch), Rates, Batches)
            .Where(p => p.Hidden == 32).Union(Space.From([new Train(0, 0)]));
        Assert.Equal([new("lr", 0.1), new KeyValuePair<string, object?>("batch", 32)], space.Labels(1));
        Assert.Empty(space.Labels(2));
    }

    [Fact]
    public void Combining_variables_merges_their_columns()
    {
        Variable<int> sum = Variable.Combine([Variable.Of(2, new { a = 2 }), Variable.Of(3, new { b = 3 })], values => values.Sum());
        Assert.Equal(5, sum.Value);
        Variable<string> both = Variable.Combine(sum, Variable.Of("x", new { a = "later", c = 1 }), (n, text) => text + n);
        Space<string> space = Space.Product(text => text, [both]);
        Assert.Equal("x5", space[0]);
        Assert.Equal([new("a", "later"), new("b", 3), new KeyValuePair<string, object?>("c", 1)], space.Labels(0));
        Assert.Equal(6, Variable.Combine(Variable.Of(1), Variable.Of(2L), Variable.Of(3f), (a, b, c) => a + (int)b + (int)c).Value);
    }

    [Fact]
    public void Eight_lists_can_be_multiplied()
    {
        Variable<int>[] bits = [Variable.Of(0), Variable.Of(1)];
        Space<int> space = Space.Product((a, b, c, d, e, f, g, h) => a << 7 | b << 6 | c << 5 | d << 4 | e << 3 | f << 2 | g << 1 | h,
            bits, bits, bits, bits, bits, bits, bits, bits);
        Assert.Equal(Enumerable.Range(0, 256), space);
    }

    [Fact]
    public void Lists_that_cannot_be_used_are_faults()
    {
        Assert.Contains("the variables for batch are empty",
            FaultTests.Only(Space.Product((lr, batch) => 0, Rates, new List<Variable<int>>())));
        Assert.Contains("variable 1 for x: \"lr\" (string) has no named values",
            FaultTests.Only(Space.Product(x => x, [Variable.Of(1, "lr")])));
        Assert.Contains("variable 2 for x is null", FaultTests.Only(Space.Product(x => x, [Variable.Of(1), null!])));
    }

    [Fact]
    public void A_factory_that_throws_names_the_point()
    {
        Space<int> space = Space.Product(x => 1 / x, [Variable.Of(1), Variable.Of(0)]);
        string message = Assert.Throws<AssayException>(() => space[1]).Message;
        Assert.Contains("Point 1 could not be created: the factory threw DivideByZeroException", message);
    }

    [Fact]
    public void A_description_shows_the_columns()
    {
        AxisDescription axis = Space.Product((lr, batch) => 0, Rates, Batches).Describe().Axes[0];
        Assert.Equal("lr", axis.Members[0].Name);
        Assert.Equal(["lr=0.01", "lr=0.1"], axis.Members[0].Values);
    }
}
