namespace Assay.Cli.Tests.Queries;

/// <summary>Lines of blocks.</summary>
[Trait("Category", "Quick")]
public sealed class CurveNumberTests
{
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
