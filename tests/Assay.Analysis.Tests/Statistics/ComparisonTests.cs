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
