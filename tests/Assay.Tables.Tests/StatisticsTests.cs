namespace Assay.Tables.Tests;

[Trait("Category", "Quick")]
public class StatisticsTests
{
    [Fact]
    public void A_sum_of_many_values_is_as_exact_as_double_allows()
    {
        double[] values = Enumerable.Repeat(0.1, 1_000_000).ToArray();

        Assert.Equal(100_000.00000000001, Column.Of("x", values).Sum()!.Value, 1e-10);
        Assert.Equal(0.1, Column.Of("x", values).Mean()!.Value, 1e-16);
    }

    [Fact]
    public void The_deviation_survives_a_large_offset()
    {
        // Mean 10, sample variance 30 (Chan, Golub and LeVeque), shifted by a billion.
        double[] values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];

        Assert.Equal(Math.Sqrt(30), Column.Of("x", values).StandardDeviation()!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(9000)]
    public void Vectors_and_a_plain_loop_agree_at_every_length(int length)
    {
        var random = new Random(length);
        double[] values = Enumerable.Range(0, length).Select(_ => random.NextDouble() * 10 - 5).ToArray();
        Column column = Column.Of("x", values);
        decimal sum = values.Sum(value => (decimal)value);

        if (length == 0) Assert.Null(column.Sum());
        else Assert.Equal((double)sum, column.Sum()!.Value, 1e-9);
        if (length < 2)
        {
            Assert.Null(column.StandardDeviation());
            return;
        }

        decimal mean = sum / length;
        double variance = (double)values.Sum(value => ((decimal)value - mean) * ((decimal)value - mean)) / (length - 1);
        Assert.Equal(Math.Sqrt(variance), column.StandardDeviation()!.Value, 1e-10);
    }

    [Fact]
    public void Huge_values_average_without_overflow()
    {
        Assert.Equal(1.5e308, Column.Of("x", [1.5e308, 1.5e308, 1.5e308]).Mean()!.Value, 1e294);
        Assert.Equal(double.PositiveInfinity, Column.Of("x", [double.PositiveInfinity, 1]).Sum());
        Assert.Equal(double.NaN, Column.Of("x", [double.PositiveInfinity, double.NegativeInfinity]).Sum());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.9)]
    [InlineData(0.25, 3.25)]
    [InlineData(0.5, 5.5)]
    [InlineData(1, 10)]
    public void Quantiles_interpolate_as_numpy_does(double q, double expected)
    {
        Column column = Column.Of("x", [10.0, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
        Assert.Equal(expected, column.Quantile(q)!.Value, 1e-12);
    }

    [Fact]
    public void Extremes_leave_nulls_out_and_keep_nan()
    {
        Column column = Column.Of<double?>("x", [3, null, -2]);
        Assert.Equal(-2, column.Min());
        Assert.Equal(3, column.Max());
        Assert.Equal(double.NaN, Column.Of("x", [1, double.NaN, 2]).Max());
        Assert.Null(Column.Of<double?>("x", [null]).Min());
        Assert.Null(Column.Of<double?>("x", [null]).Median());
        Assert.Equal(0.5, Column.Of("x", [true, false]).Mean());
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 1.0, double.PositiveInfinity)]
    [InlineData(1.0, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, double.NaN)]
    [InlineData(double.MaxValue, double.MaxValue, double.MaxValue)]
    public void The_mean_with_infinities_does_not_depend_on_their_order(double first, double second, double mean) =>
        Assert.Equal(mean, Statistics.Mean([first, second]));
}
