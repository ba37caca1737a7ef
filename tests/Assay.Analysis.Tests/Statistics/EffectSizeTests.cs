namespace Assay.Analysis.Tests;

[Trait("Category", "Quick")]
public class EffectSizeTests
{
    [Fact]
    public void Sizes_and_bounds_are_those_of_R() => Assert.All(Reference.Rows("effects"), row =>
    {
        (double[] a, double[] b) = (row.Numbers("a"), row.Numbers("b"));

        EffectSize effect = row["measure"] switch
        {
            "cohen_d" => EffectSize.CohenD(a, b),
            "hedges_g" => EffectSize.HedgesG(a, b),
            "cliff_delta" => EffectSize.CliffDelta(a, b),
            _ => EffectSize.CohenDz([.. b.Zip(a, (y, x) => y - x)]),
        };

        Assert.Equal(row["measure"], EffectMeasureText.Text(effect.Measure));
        Reference.Close(row.Number("value"), effect.Value, row.Text);
        // R's noncentral t has an absolute error of 1e-12, which the slope of the root multiplies.
        Assert.InRange(effect.LowerBound!.Value, row.Number("lower") - 1e-9, row.Number("lower") + 1e-9);
        Assert.InRange(effect.UpperBound!.Value, row.Number("upper") - 1e-9, row.Number("upper") + 1e-9);
    });

    // Roots of the integral in exact.py, found with 30 digits: with 1 degree of freedom its tails are those of the error function.
    [Theory]
    [InlineData(0.95, 4.454074341085273, 318.5710672204051)]
    [InlineData(0.9999999, -2.7367604162222, 774.7959626245577)]
    public void Bounds_of_large_sizes_are_those_of_noncentral_t(double confidence, double lower, double upper)
    {
        var effect = EffectSize.CohenDz([1, 1.01], confidence);

        Reference.Close(142.12846301849592, effect.Value, "value", 1e-12);
        Reference.Close(lower, effect.LowerBound, "lower", 1e-8);
        Reference.Close(upper, effect.UpperBound, "upper", 1e-8);
    }

    [Fact]
    public void Odds_ratios_are_those_of_a_logistic_regression_in_R() => Assert.All(Reference.Rows("odds"), row =>
    {
        var odds = EffectSize.OddsRatio(
            (int)row.Number("successes_a"), (int)row.Number("count_a"), (int)row.Number("successes_b"), (int)row.Number("count_b"));

        Reference.Close(row.Number("value"), odds.Value, row.Text);
        Reference.Close(row.Number("lower"), odds.LowerBound, row.Text);
        Reference.Close(row.Number("upper"), odds.UpperBound, row.Text);
    });

    [Fact]
    public void A_zero_among_the_odds_is_told()
    {
        var odds = EffectSize.OddsRatio(0, 10, 5, 10);

        Assert.Equal(double.PositiveInfinity, odds.Value);
        // (5.5 · 10.5) / (5.5 · 0.5) = 21, by hand.
        Assert.Equal(21, Math.Sqrt(odds.LowerBound!.Value * odds.UpperBound!.Value), 1e-9);
        Assert.Equal("a number is 0, so ½ was added to all for the bounds", odds.Note);
    }
}
