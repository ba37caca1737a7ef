using System.Runtime.Versioning;

namespace Assay.Cli.Tests.Code;

[UnsupportedOSPlatform("windows")]
public sealed class ReplayComparisonTests
{
    [Fact]
    public void Of_lone_runs_that_are_alike_the_one_is_taken_that_came_in_the_same_order()
    {
        using CodeStore then = new(), now = new();
        for (int i = 0; i < 3; i++) then.Record();
        // Ids are chance; here they only must not be the same in order.
        for (int i = 0; i < 3; i++) now.Record();
        Store original = Store.Open(then.Path), replay = Store.Open(now.Path);
        Assert.Equal(
            [CodeStore.Id(1), CodeStore.Id(2), CodeStore.Id(3)],
            original.LoadAll().Select(run => ReplayedRun.Find(original, run, replay)!.Id));
        Directory.Delete(Path.Combine(now.Path, "runs"), recursive: true);
        Directory.CreateDirectory(Path.Combine(now.Path, "runs"));
        Assert.Null(ReplayedRun.Find(original, original.LoadAll()[0], replay));
    }

    [Fact]
    public void Where_it_is_not_clear_which_lone_run_is_meant_that_is_told()
    {
        using CodeStore then = new(), now = new();
        for (int i = 0; i < 3; i++) then.Record();
        for (int i = 0; i < 2; i++) now.Record();
        Store original = Store.Open(then.Path), replay = Store.Open(now.Path);
        Assert.Equal($"the program started 2 runs called 'training', and which of them stands for run {CodeStore.Id(3)} is not clear: "
                + "all of them have the params and metadata of the run. Give each metadata of its own.",
            Assert.Throws<AssayException>(() => ReplayedRun.Find(original, original.LoadAll()[2], replay)).Message);
    }

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
        Assert.Equal(
            new ReplayedValue("metrics", "x", false, 1.0, null, null, null, 1, 1),
            ReplayedValue.Of("metrics", "x", [new(null, 1.0)], [], 0));
    }
}
