namespace Assay.Analysis.Tests;

/// <summary>Few, equal and missing numbers: nothing is made up, and why is told.</summary>
[Trait("Category", "Quick")]
public class EdgeTests
{
    private static readonly IntervalMethod[] Methods =
        [IntervalMethod.T, IntervalMethod.Normal, IntervalMethod.Bootstrap, IntervalMethod.Bca];

    [Fact]
    public void No_values_have_no_mean() => Assert.All(
        Methods, method => Assert.Equal(
            new Interval(null, null, null, 0, 0.95, method) { Note = "no values" }, Interval.OfMean([], method: method)));

    [Fact]
    public void One_value_has_a_mean_without_bounds() => Assert.All(
        Methods, method => Assert.Equal(
            new Interval(7, null, null, 1, 0.95, method) { Note = "one value has no spread" }, Interval.OfMean([7], method: method)));

    [Fact]
    public void Equal_values_have_bounds_without_width_which_is_told() => Assert.All(
        Methods, method => Assert.Equal(
            new Interval(0.1, 0.1, 0.1, 3, 0.95, method) { StandardDeviation = 0, Note = "all 3 values are equal" },
            Interval.OfMean([0.1, 0.1, 0.1], method: method)));

    [Theory]
    [InlineData(double.NaN, double.NaN, "NaN among the values")]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, "infinity among the values")]
    public void NaN_and_infinity_leave_no_bounds(double value, double mean, string note) => Assert.All(Methods, method =>
    {
        var interval = Interval.OfMean([1, value, 3], method: method);

        Assert.Equal((mean, null, null, note), (interval.Estimate, interval.LowerBound, interval.UpperBound, interval.Note));
    });

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    public void Bounds_scale_with_their_values(double scale) => Assert.All(Methods, method =>
    {
        double[] values = [1, 2, 4, 4, 9];
        var usual = Interval.OfMean(values, method: method);
        var scaled = Interval.OfMean([.. values.Select(v => v * scale)], method: method);

        Reference.Close(usual.StandardDeviation!.Value * scale, scaled.StandardDeviation, "std", 1e-12);
        Reference.Close(usual.LowerBound!.Value * scale, scaled.LowerBound, "lower", 1e-12);
        Reference.Close(usual.UpperBound!.Value * scale, scaled.UpperBound, "upper", 1e-12);
    });

    [Fact]
    public void Two_values_are_enough_for_t()
    {
        // t with one degree of freedom is Cauchy's distribution: 12.706… at 0.975.
        var interval = Interval.OfMean([1, 3], method: IntervalMethod.T);

        Assert.Equal(2 - 12.706204736174694, interval.LowerBound!.Value, 1e-9);
    }

    [Fact]
    public void A_single_cluster_has_no_spread()
    {
        var interval = Interval.OfMean([1, 2, 3], [5, 5, 5]);

        Assert.Equal((2.0, null), (interval.Estimate, interval.LowerBound));
        Assert.Equal("all values are in one cluster, which has no spread", interval.Note);
    }

    [Fact]
    public void Clusters_with_the_same_mean_have_no_spread_between_them()
    {
        Interval whole = Interval.OfMean([1, 3, 0, 4], [1, 1, 2, 2]), rounded = Interval.OfMean([0.1, 0.2, 0.3, 0.2], [1, 2, 1, 2]);

        Assert.Equal((2.0, 2.0, "all clusters have the same mean"), (whole.LowerBound, whole.UpperBound, whole.Note));
        Assert.Equal("all clusters have the same mean", rounded.Note);
        Assert.Equal("all 4 values are equal", Interval.OfMean([3, 3, 3, 3], [1, 1, 2, 2]).Note);
    }

    [Fact]
    public void Each_value_in_a_cluster_of_its_own_gives_the_usual_interval()
    {
        double[] values = [1, 2, 4, 4, 9];

        Interval usual = Interval.OfMean(values, method: IntervalMethod.T), clustered = Interval.OfMean(values, [1, 2, 3, 4, 5]);

        Assert.Equal(usual.LowerBound!.Value, clustered.LowerBound!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_confidence_outside_of_0_to_1_is_refused(double confidence) => Assert.StartsWith(
        "A confidence is more than 0 and less than 1",
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.OfMean([1, 2], confidence)).Message);

    [Fact]
    public void Wilson_is_for_successes_and_failures() => Assert.StartsWith(
        "0.5 is no success or failure",
        Assert.Throws<ArgumentException>(() => Interval.OfMean([0, 0.5], method: IntervalMethod.Wilson)).Message);

    [Fact]
    public void One_replicate_on_a_side_has_no_p_value_and_says_so()
    {
        Comparison welch = Comparison.Unpaired([1], [2, 3]), paired = Comparison.Paired([1], [2]), none = Comparison.Unpaired([], [1, 2]);

        Assert.Equal((1.5, null), (welch.Difference.Estimate, welch.PValue));
        Assert.Equal("one side has fewer than two values, and so no spread", Assert.Single(welch.Notes));
        Assert.Equal("one pair has no spread, so there is no p-value", Assert.Single(paired.Notes));
        Assert.Equal("one side has no values", Assert.Single(none.Notes));
        Assert.Null(none.Difference.Estimate);
    }

    [Fact]
    public void Equal_differences_leave_t_undefined_and_ranks_not()
    {
        double[] a = [1, 2, 3, 4, 5, 6], b = [2, 3, 4, 5, 6, 7];

        Comparison t = Comparison.Paired(a, b), wilcoxon = Comparison.Paired(a, b, ComparisonTest.Wilcoxon);

        Assert.Equal((null, "all 6 differences are equal, so t is undefined"), (t.PValue, Assert.Single(t.Notes)));
        Assert.Equal((2.0 / 64, 1.0, 1.0), (wilcoxon.PValue, wilcoxon.Difference.LowerBound, wilcoxon.EffectSize!.Value));
    }

    [Fact]
    public void Nothing_but_zeros_is_no_difference()
    {
        var wilcoxon = Comparison.Paired([1, 2], [1, 2], ComparisonTest.Wilcoxon);

        Assert.Equal((1.0, 0.0), (wilcoxon.PValue, wilcoxon.EffectSize!.Value));
        Assert.Equal(["2 of 2 differences are 0 and have no rank", "too few values for bounds with a confidence of 0.95"], wilcoxon.Notes);
    }

    [Fact]
    public void Five_pairs_are_too_few_for_the_bounds_of_Wilcoxon()
    {
        double[] a = [1, 2, 3, 4, 5], b = [1.5, 3, 4.5, 6, 8];
        var five = Comparison.Paired(a, b, ComparisonTest.Wilcoxon);

        Assert.Equal((null, "too few values for bounds with a confidence of 0.95"), (five.Difference.LowerBound, five.Difference.Note));
        Assert.NotNull(Comparison.Paired(a, b, ComparisonTest.Wilcoxon, confidence: 0.9).Difference.LowerBound);
    }

    [Fact]
    public void Missing_bounds_are_told_beside_a_p_value_too()
    {
        var ranks = Comparison.Unpaired([1, 2, 3], [4, 5, 6], ComparisonTest.MannWhitney);
        var single = Comparison.Paired([1], [2], ComparisonTest.Permutation);
        Comparison one = Permutation([1], [2, 3]), none = Permutation([1, 1], [2, 2]);

        // 2 of 20 arrangements.
        Assert.Equal((0.1, null), (ranks.PValue, ranks.Difference.LowerBound));
        Assert.Equal(
            [
                "too few values for bounds with a confidence of 0.95",
                "all values of one side exceed all of the other, so that the spread is unknown",
            ],
            ranks.Notes);
        Assert.Equal((1.0, "fewer than two differences"), (single.PValue, Assert.Single(single.Notes)));
        Assert.Equal((2 / 3.0, "one side has fewer than two values, and so no spread"), (one.PValue, Assert.Single(one.Notes)));
        Assert.Equal((1 / 3.0, "no side has any spread"), (none.PValue, Assert.Single(none.Notes)));

        static Comparison Permutation(double[] a, double[] b) => Comparison.Unpaired(a, b, ComparisonTest.Permutation);
    }

    [Fact]
    public void NaN_leaves_no_p_value()
    {
        double[] a = [1, 2, double.NaN], b = [2, 3, 4];
        ComparisonTest[] paired = [ComparisonTest.T, ComparisonTest.Wilcoxon, ComparisonTest.Permutation];
        ComparisonTest[] unpaired = [ComparisonTest.Welch, ComparisonTest.MannWhitney, ComparisonTest.Permutation];

        Assert.All([.. paired.Select(t => Comparison.Paired(a, b, t)), .. unpaired.Select(t => Comparison.Unpaired(a, b, t))], c =>
        {
            Assert.Null(c.PValue);
            Assert.Equal("NaN or infinity among the values", Assert.Single(c.Notes));
            Assert.Null(c.EffectSize?.Value);
        });
    }

    [Fact]
    public void A_test_of_pairs_is_not_for_other_values()
    {
        Starts("'welch' compares unpaired values; expected t, wilcoxon", () => Comparison.Paired([1], [2], ComparisonTest.Welch));
        Starts("'t' compares pairs; expected welch, mann-whitney", () => Comparison.Unpaired([1], [2], ComparisonTest.T));
        Starts("There are 1 values of a and 2 values of b", () => Comparison.Paired([1], [2, 3]));
        Starts("Pair 0 is 0.5 and 1; McNemar's test expects 0 and 1", () => Comparison.Paired([0.5], [1], ComparisonTest.McNemar));

        static void Starts(string expected, Action call) => Assert.StartsWith(expected, Assert.Throws<ArgumentException>(call).Message);
    }
}
