namespace Assay.Cli.Tests.Code;

public sealed class ReplayComparisonTests
{
    [Theory]
    [InlineData(1.0, 1.0, 0, true)]
    [InlineData(1.0, 1.0000000000000002, 0, false)]
    [InlineData(1.0, 1.0000000000000002, 1e-15, true)]
    [InlineData(1L, 1.0, 0, true)]
    [InlineData(double.NaN, double.NaN, 0, true)]
    [InlineData(double.NaN, 1.0, 0.9, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 0, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, 0.9, false)]
    [InlineData(double.PositiveInfinity, 1e308, 0.9, false)]
    [InlineData(0.0, -0.0, 0, true)]
    [InlineData(0.0, 1e-300, 0.5, false)]
    [InlineData(-100.0, -101.0, 0.01, true)]
    [InlineData(-100.0, -102.0, 0.01, false)]
    [InlineData(9007199254740993L, 9007199254740992L, 0, false)]
    [InlineData(9007199254740993L, 9007199254740992L, 1e-12, true)]
    [InlineData("a", "a", 0, true)]
    [InlineData("a", "b", 0.9, false)]
    [InlineData("1", 1L, 0.9, false)]
    [InlineData(true, true, 0, true)]
    [InlineData(true, 1L, 0.9, false)]
    [InlineData(null, null, 0, true)]
    [InlineData(null, 0.0, 0.9, false)]
    public void Numbers_agree_within_the_tolerance_and_everything_else_exactly(object? then, object? now, double tolerance, bool agree)
    {
        Assert.Equal(agree, ReplayedValue.Agree(then, now, tolerance));
        Assert.Equal(agree, ReplayedValue.Agree(now, then, tolerance));
    }

    [Fact]
    public void The_first_pair_that_differs_stands_for_a_series_and_missing_points_count()
    {
        RecordedPoint[] then = [new(0, 1.0), new(1, 2.0), new(2, 3.0), new(3, 4.0)], now = [new(0, 1.0), new(1, 2.5), new(3, 3.0)];
        ReplayedValue value = ReplayedValue.Of("series", "loss", then, now, 0);
        Assert.Equal(new ReplayedValue("series", "loss", false, 2.0, 2.5, 0.5, 1, 4, 3), value);
        Assert.Equal(new ReplayedValue("series", "loss", true, 4.0, 4.0, 0.0, 3, 4, 0), ReplayedValue.Of("series", "loss", then, then, 0));
        Assert.Equal(new ReplayedValue("metrics", "x", false, 1.0, null, null, null, 1, 1), ReplayedValue.Of("metrics", "x", [new(null, 1.0)], [], 0));
    }
}
