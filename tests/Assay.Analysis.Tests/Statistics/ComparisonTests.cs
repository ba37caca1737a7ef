namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class ComparisonTests
{
    private static readonly ComparisonTest[] Tests = Enum.GetValues<ComparisonTest>();

    [Fact]
    public void Tests_and_their_intervals_are_those_of_R() => Assert.All(Reference.Rows("comparisons"), row =>
    {
        Comparison comparison = Compare(row["test"], row.Numbers("a"), row.Numbers("b"));

        Reference.Close(row.Number("p"), comparison.PValue, row.Text);
        Reference.Close(row.Number("statistic"), comparison.Statistic, row.Text);
        if (!double.IsNaN(row.Number("freedom"))) Reference.Close(row.Number("freedom"), comparison.DegreesOfFreedom, row.Text);
        // R finds the bounds of large rank tests by another approximation.
        if (double.IsNaN(row.Number("estimate"))) return;
        Reference.Close(row.Number("estimate"), comparison.Difference.Estimate, row.Text);
        Reference.Close(row.Number("lower"), comparison.Difference.LowerBound, row.Text);
        Reference.Close(row.Number("upper"), comparison.Difference.UpperBound, row.Text);
    });

    [Fact]
    public void Exact_tests_agree_with_listing_every_arrangement() => Assert.All(Reference.Rows("exact"), row =>
    {
        Comparison comparison = Compare(row["test"], row.Numbers("a"), row.Numbers("b"));

        Reference.Close(row.Number("p"), comparison.PValue, row.Text, 1e-12);
        Assert.True(comparison.IsExact, row.Text);
    });

    [Fact]
    public void McNemar_is_the_binomial_test_of_R() => Assert.All(Reference.Rows("mcnemar"), row =>
    {
        (int onlyA, int onlyB, int count) = ((int)row.Number("only_a"), (int)row.Number("only_b"), (int)row.Number("count"));
        double[] a = [.. Enumerable.Range(0, count).Select(i => i < onlyA ? 1.0 : 0)];
        double[] b = [.. Enumerable.Range(0, count).Select(i => i >= onlyA && i < onlyA + onlyB ? 1.0 : 0)];

        var comparison = Comparison.Paired(a, b, ComparisonTest.McNemar);

        Reference.Close(row.Number("p"), comparison.PValue, row.Text);
        Reference.Close(row.Number("lower"), comparison.Difference.LowerBound, row.Text);
        Reference.Close(row.Number("upper"), comparison.Difference.UpperBound, row.Text);
        Reference.Close(row.Number("odds_lower"), comparison.EffectSize!.LowerBound, row.Text);
        Reference.Close(row.Number("odds_upper"), comparison.EffectSize.UpperBound, row.Text);
    });

    [Fact]
    public void Differences_that_differ_by_rounding_alone_are_ties()
    {
        // All are 0.04, but for the last bits.
        var comparison = Comparison.Paired([0.71, 0.66, 0.5, 0.1], [0.75, 0.7, 0.54, 0.06], ComparisonTest.Wilcoxon);

        // Three of four equal ranks of 2.5 are above 0.
        Assert.Equal((7.5, 10.0 / 16), (comparison.Statistic, comparison.PValue));
    }

    [Fact]
    public void One_diverged_pair_takes_no_digits_from_the_others()
    {
        double[] a = [0.50, 0.53, 0.49, 0.51, 0.52, 0.48, 0.50, 0.47, 0.54, 0.51, 0.5];
        double[] b = [0.65, 0.66, 0.67, 0.64, 0.66, 0.63, 0.65, 0.64, 0.68, 0.66, 3e13];

        // All eleven signs are the same: 2 of 2¹¹.
        Assert.All([ComparisonTest.Wilcoxon, ComparisonTest.Permutation], test =>
        {
            var comparison = Comparison.Paired(a, b, test);
            Assert.Equal(2 / Math.ScaleB(1, 11), comparison.PValue);
            Assert.Empty(comparison.Notes);
        });
        // b has the four largest of eight: 2 of 70.
        var unpaired = Comparison.Unpaired([0.5, 0.51, 0.52, 0.53], [0.65, 0.66, 0.67, 3e12], ComparisonTest.Permutation);
        Assert.Equal(2 / 70.0, unpaired.PValue!.Value, 1e-15);
    }

    [Fact]
    public void Small_differences_of_large_numbers_count()
    {
        double[] a = [.. Enumerable.Repeat(1e9, 10)], b = [.. Enumerable.Range(1, 10).Select(i => 1e9 + (1e-4 * i))];

        Assert.All([ComparisonTest.Wilcoxon, ComparisonTest.Permutation], test =>
            Assert.Equal(2 / Math.ScaleB(1, 10), Comparison.Paired(a, b, test).PValue));
        // R: t.test(1:10)$p.value; the differences are off by as much as the numbers are rounded, 1e-7.
        Reference.Close(0.00027819601104818594, Comparison.Paired(a, b).PValue, "t", 1e-2);
    }

    [Fact]
    public void Rounding_is_no_spread()
    {
        double[] a = [0.71, 0.66, 0.41, 0.53, 0.12], b = [0.75, 0.70, 0.45, 0.57, 0.16];
        // All differences are 0.04 but for their last bits, as 0.3 and 0.1 + 0.2 are.
        Comparison t = Comparison.Paired(a, b), welch = Comparison.Unpaired([0.3, 0.1 + 0.2], [0.4, 0.4]);

        Assert.Equal((null, "all 5 differences are equal, so t is undefined"), (t.PValue, Assert.Single(t.Notes)));
        Assert.Equal((null, "all differences are equal"), (t.EffectSize!.Value, t.EffectSize.Note));
        Assert.Equal((0.04, "all differences are equal"), (Math.Round(t.Difference.LowerBound!.Value, 15), t.Difference.Note));
        Assert.Equal((null, "no side has any spread"), (welch.PValue, Assert.Single(welch.Notes)));
        Assert.Equal((null, "no side has any spread"), (welch.EffectSize!.Value, welch.EffectSize.Note));
        Assert.Equal("all differences are equal", EffectSize.CohenDz([0.3, 0.1 + 0.2]).Note);
        // Far from 0 the differences have more of it: 1000.04 − 1000 is off by 1e-13.
        Assert.Null(Comparison.Paired([1000, 1001, 1002.7], [1000.04, 1001.04, 1002.74]).PValue);
    }

    [Fact]
    public void Any_number_of_values_is_permuted_on_either_side()
    {
        double[] many = [.. Enumerable.Range(0, 200_000).Select(i => i + 0.5)];

        // The one value is the second smallest of 200,001.
        Assert.Equal(4 / 200_001.0, Comparison.Unpaired([1.0], many, ComparisonTest.Permutation).PValue!.Value, 1e-15);
        Assert.Equal(4 / 200_001.0, Comparison.Unpaired(many, [1.0], ComparisonTest.Permutation).PValue!.Value, 1e-15);
    }

    // R: twice the smaller of phyper(x2, n2, n1, x1 + x2) and phyper(x2 - 1, n2, n1, x1 + x2, lower.tail = FALSE).
    [Theory]
    [InlineData(0, 10, 10, 10, 1.082508822446903e-05)]
    [InlineData(3, 40, 11, 45, 0.066222639344425072)]
    [InlineData(5, 1000, 0, 999_000, 1.9800897008757005e-15)]
    [InlineData(250_300, 500_000, 249_700, 500_000, 0.23091700006959315)]
    [InlineData(250_300, 500_000, 245_000, 500_000, 3.0258218094270025e-26)]
    [InlineData(0, 500_000, 500_000, 500_000, 0)]
    [InlineData(20, 20, 30, 30, 1)]
    public void Values_of_two_kinds_have_the_exact_test_of_Fisher(int onesA, int countA, int onesB, int countB, double expected)
    {
        var comparison = Comparison.Unpaired(Shares(onesA, countA), Shares(onesB, countB), ComparisonTest.Permutation);

        Reference.Close(expected, comparison.PValue, "Fisher", 1e-9);
        Assert.True(comparison.IsExact);

        static double[] Shares(int ones, int count) => [.. Enumerable.Range(0, count).Select(i => i < ones ? 1.0 : 0)];
    }

    [Theory]
    [InlineData(ComparisonTest.T)]
    [InlineData(ComparisonTest.Wilcoxon)]
    [InlineData(ComparisonTest.Permutation)]
    [InlineData(ComparisonTest.Welch)]
    [InlineData(ComparisonTest.MannWhitney)]
    public void Tiny_and_huge_numbers_are_compared_like_others(ComparisonTest test)
    {
        double[] a = [1, 2, 3.5, 4, 5.25, 7, 8], b = [2, 2.5, 3, 6, 9, 9.5, 12];
        Comparison usual = Compare(test, a, b);

        foreach (double scale in new[] { 1e-300, 1e300 })
        {
            Comparison scaled = Compare(test, [.. a.Select(x => x * scale)], [.. b.Select(x => x * scale)]);

            Reference.Close(usual.PValue!.Value, scaled.PValue, "p", 1e-12);
            Reference.Close(usual.Difference.Estimate!.Value * scale, scaled.Difference.Estimate, "difference", 1e-12);
            Reference.Close(usual.Difference.LowerBound!.Value * scale, scaled.Difference.LowerBound, "lower", 1e-12);
            Reference.Close(usual.Difference.UpperBound!.Value * scale, scaled.Difference.UpperBound, "upper", 1e-12);
            Reference.Close(usual.EffectSize!.Value!.Value, scaled.EffectSize!.Value, "effect", 1e-12);
        }
    }

    [Fact]
    public void Exchanging_the_sides_changes_the_sign_alone()
    {
        double[] a = [1, 2, 3.5, 4, 5.25, 7, 8], b = [2, 2.5, 3, 6, 9, 9.5, 12];
        foreach (ComparisonTest test in Tests.Except([ComparisonTest.Auto, ComparisonTest.McNemar]))
        {
            (Comparison one, Comparison other) = (Compare(test, a, b), Compare(test, b, a));

            Assert.Equal(one.PValue!.Value, other.PValue!.Value, 1e-12);
            Assert.Equal(one.Difference.Estimate!.Value, -other.Difference.Estimate!.Value, 1e-12);
            Assert.Equal(one.Difference.LowerBound!.Value, -other.Difference.UpperBound!.Value, 1e-12);
            Assert.Equal(one.EffectSize!.Value!.Value, -other.EffectSize!.Value!.Value, 1e-12);
        }
    }

    private static Comparison Compare(string name, double[] a, double[] b) => name == "permutation-paired"
        ? Comparison.Paired(a, b, ComparisonTest.Permutation)
        : Compare(Tests.Single(t => ComparisonTestText.Text(t) == name), a, b);

    private static Comparison Compare(ComparisonTest test, double[] a, double[] b) =>
        test is ComparisonTest.T or ComparisonTest.Wilcoxon
            ? Comparison.Paired(a, b, test)
            : Comparison.Unpaired(a, b, test);
}
