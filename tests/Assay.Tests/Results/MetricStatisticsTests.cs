namespace Assay.Tests.Reading;

public sealed class MetricStatisticsTests
{
    [Fact]
    public void The_deviation_is_that_of_a_sample()
    {
        // Textbook values: 2, 4, 4, 4, 5, 5, 7, 9 have mean 5 and sum of squares 32.
        MetricStatistics statistics = MetricStatistics.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal(5, statistics.Mean);
        Assert.Equal(Math.Sqrt(32.0 / 7), statistics.StandardDeviation!.Value, 14);
        Assert.Equal("5 ± 2.14", statistics.ToString());
    }

    [Fact]
    public void One_value_has_no_deviation()
    {
        MetricStatistics statistics = MetricStatistics.Of([3.5]);

        Assert.Null(statistics.StandardDeviation);
        Assert.Equal("3.5", statistics.ToString());
    }

    [Fact]
    public void A_large_mean_does_not_eat_the_digits_of_a_small_spread() =>
        Assert.Equal(1.0, MetricStatistics.Of([1e9, 1e9 + 1, 1e9 + 2]).StandardDeviation!.Value, 9);

    [Fact]
    public void NaN_is_shown_and_not_left_out() => Assert.Equal("NaN ± NaN", MetricStatistics.Of([1, double.NaN]).ToString());
}
