namespace Assay.Tests.Spaces;

[Trait("Category", "Quick")]
public class ZipTests
{
    [Fact]
    public void Zipped_members_advance_together_beside_other_axes()
    {
        AxisSpace<Config> space = Space.Of<Config>().Grid(p => p.Optimizer.Rule, Rule.Sgd, Rule.Adam)
            .Zip(p => p.Name, p => p.Epochs, ("small", 10), ("large", 3));
        Assert.Equal(["Sgd small-10", "Sgd large-3", "Adam small-10", "Adam large-3"], space.Select(p => $"{p.Optimizer.Rule} {p.Label}"));
    }

    [Fact]
    public void Any_number_of_members_can_be_zipped()
    {
        AxisSpace<Config> space = Space.Of<Config>().Zip(z => z.Values("name", "a", "b").Values(p => p.Epochs, 1, 2)
            .Values("optimizer.momentum", new[] { 0.1, 0.2 }).Values(p => p.Limit, null, 5));
        Assert.Equal(new Config(new Optimizer(Momentum: 0.2), 2, "b", 5), space[1]);
        Assert.Equal(2, space.Count);
    }

    [Fact]
    public void Lists_of_different_lengths_are_a_fault()
    {
        AxisSpace<Config> space = Space.Of<Config>().Grid(p => p.Optimizer, new Optimizer())
            .Zip(z => z.Values(p => p.Name, "a", "b").Values(p => p.Epochs, 1, 2, 3));
        Assert.Contains("the zipped members Name, Epochs have 2, 3 values", FaultTests.Only(space));
    }
}
