namespace Assay.Cli.Tests.Queries;

/// <summary>Quantiles of Student's t and lines of blocks.</summary>
[Trait("Category", "Quick")]
public sealed class CurveNumberTests
{
    // W. S. Gosset's table as every textbook has it, with more digits.
    [Theory]
    [InlineData(1, 12.706204736)]
    [InlineData(2, 4.302652730)]
    [InlineData(3, 3.182446305)]
    [InlineData(4, 2.776445105)]
    [InlineData(5, 2.570581836)]
    [InlineData(10, 2.228138852)]
    [InlineData(29, 2.045229642)]
    [InlineData(30, 2.042272456)]
    [InlineData(100, 1.983971519)]
    [InlineData(120, 1.979930405)]
    [InlineData(1000, 1.962339081)]
    public void Quantiles_are_those_of_the_tables(int freedom, double expected) =>
        Assert.Equal(expected, StudentT.Quantile95(freedom), precision: 7);

    [Fact]
    public void Both_formulas_meet_and_quantiles_fall_to_the_normal_one()
    {
        double[] quantiles = [.. Enumerable.Range(1, 300).Select(StudentT.Quantile95), StudentT.Quantile95(int.MaxValue)];
        Assert.All(quantiles.Zip(quantiles.Skip(1)), pair => Assert.True(pair.First > pair.Second));
        Assert.Equal(1.959964, quantiles[^1], precision: 6);
    }

    [Theory]
    [InlineData("▁▂▃▄▅▆▇█", 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)]
    [InlineData("█▁", double.MaxValue, double.MinValue)]
    [InlineData("▅▅▅", 2.0, 2.0, 2.0)]
    [InlineData("▁·█·", 1.0, double.NaN, 2.0, double.PositiveInfinity)]
    [InlineData("", 1.0)]
    [InlineData("", double.NaN, double.NaN, 1.0)]
    [InlineData("")]
    public void The_course_of_numbers_is_drawn_in_blocks(string drawn, params double[] values) =>
        Assert.Equal(drawn, Sparkline.Of(values));

    [Fact]
    public void Of_many_numbers_a_block_is_the_mean_of_some() =>
        Assert.Equal("▁▃▆█", Sparkline.Of([.. Enumerable.Range(0, 400).Select(i => (double)(i / 100))], width: 4));
}
