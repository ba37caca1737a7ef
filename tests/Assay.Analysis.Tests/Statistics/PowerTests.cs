namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class PowerTests
{
    // R's noncentral t and ours both have absolute errors of about 1e-12.
    private const double Tolerance = 1e-10;

    [Fact]
    public void The_power_of_replicates_is_that_of_R() => Assert.All(Reference.Rows("power"), row =>
    {
        var power = Power.ForReplicates(
            row.Number("difference"), row.Number("std"), (int)row.Number("replicates"), row.Number("alpha"), IsPaired(row));

        Assert.Equal(row.Number("power"), power.Probability, Tolerance);
    });

    [Fact]
    public void The_replicates_of_a_difference_are_those_of_R_rounded_up() => Assert.All(Reference.Rows("power_replicates"), row =>
    {
        var power = Power.ForDifference(
            -row.Number("difference"), row.Number("std"), row.Number("power"), row.Number("alpha"), IsPaired(row));

        Assert.Equal(Math.Max(2, (int)Math.Ceiling(row.Number("replicates"))), power.Replicates);
        Assert.True(power.Probability >= row.Number("power"), row.Text);
    });

    [Theory]
    [InlineData(2, false)]
    [InlineData(10, true)]
    [InlineData(1000, false)]
    public void The_least_difference_has_the_wanted_power(int replicates, bool paired)
    {
        var least = Power.MinimumDifference(replicates, 0.05, 0.9, paired: paired);

        Assert.Equal(0.9, Power.ForReplicates(least.Difference, 0.05, replicates, paired: paired).Probability, Tolerance);
    }

    [Fact]
    public void Numbers_out_of_range_say_what_is_expected()
    {
        Assert.StartsWith("A difference to look for is a number other than 0.", Message(() => Power.ForDifference(0, 1)));
        Assert.StartsWith("A standard deviation is more than 0", Message(() => Power.ForDifference(1, 0)));
        Assert.StartsWith("A power is more than the significance (0.05)", Message(() => Power.ForDifference(1, 1, 0.01)));
        Assert.StartsWith("Fewer than two replicates have no spread", Message(() => Power.MinimumDifference(1, 1)));
        Assert.StartsWith("No 100000000 replicates would show", Message(() => Power.ForDifference(1e-9, 1)));

        static string Message(Action call) => Assert.Throws<ArgumentOutOfRangeException>(call).Message;
    }

    private static bool IsPaired(Reference.Row row) => row["paired"] == "TRUE";
}
