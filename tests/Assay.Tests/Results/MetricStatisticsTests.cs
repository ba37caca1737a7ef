namespace Assay.Tests.Reading;

[Trait("Category", "Quick")]
public sealed class MetricStatisticsTests
{
    [Fact]
    public void The_deviation_is_that_of_a_sample()
    {
        // Textbook values: 2, 4, 4, 4, 5, 5, 7, 9 have mean 5 and sum of squares 32.
        MetricStatistics statistics = Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal(5, statistics.Mean);
        Assert.Equal(Math.Sqrt(32.0 / 7), statistics.StandardDeviation!.Value, 14);
        Assert.Equal("5.00 ± 2.14", statistics.ToString());
    }

    [Fact]
    public void One_value_has_no_deviation()
    {
        MetricStatistics statistics = Of([3.5]);

        Assert.Null(statistics.StandardDeviation);
        Assert.Equal("3.5", statistics.ToString());
    }

    [Fact]
    public void A_large_mean_does_not_eat_the_digits_of_a_small_spread() =>
        Assert.Equal(1.0, Of([1e9, 1e9 + 1, 1e9 + 2]).StandardDeviation!.Value, 9);

    [Theory]
    [InlineData(0.2, 3)]
    [InlineData(-0.3, 10)]
    [InlineData(1e300, 7)]
    public void Equal_values_have_no_spread(double value, int count)
    {
        MetricStatistics statistics = Of([.. Enumerable.Repeat(value, count)]);
        Assert.Equal((value, 0.0), (statistics.Mean, statistics.StandardDeviation));
    }

    [Fact]
    public void Infinite_values_and_those_at_the_ends_of_the_scale_have_the_mean_that_arithmetic_gives_them()
    {
        Assert.Equal(double.PositiveInfinity, Of([double.PositiveInfinity, 1]).Mean);
        Assert.Equal(0, Of([1e308, -1e308]).Mean);
    }

    [Fact]
    public void NaN_is_shown_and_not_left_out() => Assert.Equal("NaN ± NaN", Of([1, double.NaN]).ToString());

    private static MetricStatistics Of(params double[] values) => MetricTally.Of(values, new int[values.Length], 1)[0]!;
}
