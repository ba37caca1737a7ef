namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class IntervalTests
{
    [Fact]
    public void Intervals_of_means_are_those_of_R() => Assert.All(Reference.Rows("means"), row =>
    {
        IntervalMethod method = row["method"] == "t" ? IntervalMethod.T : IntervalMethod.Normal;

        var interval = Interval.OfMean(row.Numbers("values"), row.Number("confidence"), method);

        Reference.Close(row.Number("mean"), interval.Estimate, row.Text, 1e-14);
        Reference.Close(row.Number("std"), interval.StandardDeviation, row.Text);
        Reference.Close(row.Number("lower"), interval.LowerBound, row.Text);
        Reference.Close(row.Number("upper"), interval.UpperBound, row.Text);
    });

    [Fact]
    public void Intervals_of_shares_are_those_of_R() => Assert.All(Reference.Rows("shares"), row =>
    {
        var interval = Interval.OfShare((int)row.Number("successes"), (int)row.Number("count"), row.Number("confidence"));

        // A bound of 0 is a difference of two equal numbers.
        Assert.InRange(interval.LowerBound!.Value, row.Number("lower") - 1e-12, row.Number("lower") + 1e-12);
        Reference.Close(row.Number("upper"), interval.UpperBound, row.Text);
    });

    [Fact]
    public void Intervals_with_clusters_are_those_of_R() => Assert.All(Reference.Rows("clusters"), row =>
    {
        int[] clusters = [.. row.Numbers("clusters").Select(c => (int)c)];

        var interval = Interval.OfMean(row.Numbers("values"), clusters);

        Reference.Close(row.Number("mean"), interval.Estimate, row.Text);
        Reference.Close(row.Number("lower"), interval.LowerBound, row.Text);
        Reference.Close(row.Number("upper"), interval.UpperBound, row.Text);
        Assert.Equal(clusters.Distinct().Count(), interval.Clusters);
    });

    [Fact]
    public void Bootstraps_are_those_of_SciPy_but_for_the_generator() => Assert.All(Reference.Rows("bca"), row =>
    {
        IntervalMethod method = row["method"] == "bca" ? IntervalMethod.Bca : IntervalMethod.Bootstrap;

        var interval = Interval.OfMean(row.Numbers("values"), method: method, resampling: new Resampling { Samples = 200_000 });

        double width = row.Number("upper") - row.Number("lower");
        Assert.InRange(interval.LowerBound!.Value, row.Number("lower") - (0.01 * width), row.Number("lower") + (0.01 * width));
        Assert.InRange(interval.UpperBound!.Value, row.Number("upper") - (0.01 * width), row.Number("upper") + (0.01 * width));
    });

    // To 14 decimals: the t quantile behind the first anchor is off by 5e-15, as 40 digits of its closed form show.
    [Fact]
    public void The_anchors_of_motools_come_out()
    {
        double[] five = [1, 2, 3, 4, 5], many = [.. Enumerable.Range(0, 31).Select(i => (double)i)];

        Equal((3, 1.036756838522439, 4.9632431614775605), Interval.OfMean(five));
        Equal((15, 11.799392215763127, 18.200607784236873), Interval.OfMean(many));
        Equal((0.6, 0.2307242812760128, 0.882379225767352), Interval.OfShare([true, true, true, false, false]));
        Equal((0.5, 0.09453120573423074, 0.9054687942657693), Interval.OfShare(1, 2));
        Equal((0.58, 0.52, 0.64), Interval.OfMean([.5, .6, .7, .5, .6]));

        static void Equal((double Mean, double Lower, double Upper) expected, Interval actual)
        {
            Assert.Equal(expected.Mean, actual.Estimate!.Value, 14);
            Assert.Equal(expected.Lower, actual.LowerBound!.Value, 14);
            Assert.Equal(expected.Upper, actual.UpperBound!.Value, 14);
        }
    }

    [Theory]
    [InlineData(IntervalMethod.T, 30, 2.0)]
    [InlineData(IntervalMethod.Normal, 31, 2.0)]
    [InlineData(IntervalMethod.Bootstrap, 30, 0.01)]
    [InlineData(IntervalMethod.Bootstrap, 31, 0.01)]
    public void The_method_follows_from_the_values(IntervalMethod expected, int count, double step)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => i * step)];

        Assert.Equal(expected, Interval.OfMean(values).Method);
    }
}
