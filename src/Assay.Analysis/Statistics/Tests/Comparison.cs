using System.Globalization;

namespace Assay.Analysis;

/// <summary>Two settings beside each other: the difference with its interval, a p-value and an effect size. Immutable.</summary>
public sealed record Comparison
{
    /// <summary>The value of the first setting; null where plain numbers were compared.</summary>
    public object? A { get; init; }

    /// <summary>The value of the second setting.</summary>
    public object? B { get; init; }

    /// <summary>The test behind the p-value; never <see cref="ComparisonTest.Auto"/>.</summary>
    public required ComparisonTest Test { get; init; }

    /// <summary>Whether each value of one side was compared with its partner on the other.</summary>
    public required bool IsPaired { get; init; }

    /// <summary>The number of pairs, or of all values of both sides.</summary>
    public required int Count { get; init; }

    /// <summary>The number of values of the first setting.</summary>
    public required int CountA { get; init; }

    /// <summary>The number of values of the second setting.</summary>
    public required int CountB { get; init; }

    /// <summary>The mean of the first setting; null without values.</summary>
    public required double? MeanA { get; init; }

    /// <summary>The mean of the second setting.</summary>
    public required double? MeanB { get; init; }

    /// <summary>
    /// By how much the second setting exceeds the first (b − a). For t, Welch and permutation it is the difference of the means with t
    /// bounds; for Wilcoxon and Mann–Whitney the estimate of Hodges and Lehmann, the median of all averages of two differences or of all
    /// differences between the sides, with the bounds that invert the test; for McNemar the difference of the shares with the bounds of
    /// Bonett and Price (2012).
    /// </summary>
    public required Interval Difference { get; init; }

    /// <summary>
    /// The two-sided p-value, twice the smaller tail and at most 1; null where there is none, and <see cref="Notes"/> say why.
    /// </summary>
    public double? PValue { get; init; }

    /// <summary>The p-value corrected for all comparisons that were made together (Holm 1979); null for a comparison alone.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>
    /// What the test looks at: t; the sum of the ranks of differences above 0 (Wilcoxon); the number of pairs in which b exceeds a, ties
    /// counting half (Mann–Whitney); the number of pairs in which only b is true (McNemar); the difference of the means (permutation).
    /// </summary>
    public double? Statistic { get; init; }

    /// <summary>Degrees of freedom of t and Welch; null for the others.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>Whether the p-value comes from the exact distribution of a test that needs no normal distribution of the values.</summary>
    public bool IsExact { get; init; }

    /// <summary>The size of the difference beside the spread; which measure follows from the test.</summary>
    public EffectSize? EffectSize { get; init; }

    /// <summary>
    /// What a reader has to know, such as left out pairs, why there is no p-value, or what is noted of the difference and the effect
    /// size; often empty.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Compares values that belong together, such as two settings on the same seeds.</summary>
    /// <param name="a">The values of the first setting.</param>
    /// <param name="b">The values of the second one, each at the place of its partner.</param>
    /// <param name="test">
    /// <see cref="ComparisonTest.T"/> (the default), <see cref="ComparisonTest.Wilcoxon"/>, <see cref="ComparisonTest.Permutation"/> or
    /// <see cref="ComparisonTest.McNemar"/>.
    /// </param>
    /// <param name="confidence">Of the intervals; more than 0 and less than 1. Default: 0.95.</param>
    /// <param name="resampling">Samples and seed of a permutation. Default: 10,000 samples, seed 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, the test is not for pairs, or the confidence is out of range.</exception>
    public static Comparison Paired(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ComparisonTest test = ComparisonTest.Auto, double confidence = 0.95,
        Resampling? resampling = null)
    {
        Requirements.Confidence(confidence);
        Requirements.SameLength(a.Length, b.Length, "values of a", "values of b");
        resampling ??= Resampling.Default;
        if (Magnitude.Of(a, b) is { IsExtreme: true } magnitude && test != ComparisonTest.McNemar)
            return Paired(magnitude.Scale(a), magnitude.Scale(b), test, confidence, resampling).Restore(magnitude);
        Comparison comparison = test switch
        {
            ComparisonTest.Auto or ComparisonTest.T => PairedTests.T(a, b, confidence),
            ComparisonTest.Wilcoxon => PairedTests.Wilcoxon(a, b, confidence),
            ComparisonTest.Permutation => PairedTests.Permutation(a, b, confidence, resampling),
            ComparisonTest.McNemar => PairedTests.McNemar(a, b, confidence),
            _ => throw new ArgumentException(
                $"'{ComparisonTestText.Text(test)}' compares unpaired values; expected t, wilcoxon, permutation or mcnemar for pairs.",
                nameof(test)),
        };
        return comparison.Told();
    }

    /// <summary>Compares values without partners.</summary>
    /// <param name="a">The values of the first setting.</param>
    /// <param name="b">The values of the second one.</param>
    /// <param name="test">
    /// <see cref="ComparisonTest.Welch"/> (the default), <see cref="ComparisonTest.MannWhitney"/> or
    /// <see cref="ComparisonTest.Permutation"/>.
    /// </param>
    /// <param name="confidence">Of the intervals; more than 0 and less than 1. Default: 0.95.</param>
    /// <param name="resampling">Samples and seed of a permutation. Default: 10,000 samples, seed 0.</param>
    /// <exception cref="ArgumentException">The test is for pairs, or the confidence is out of range.</exception>
    public static Comparison Unpaired(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ComparisonTest test = ComparisonTest.Auto, double confidence = 0.95,
        Resampling? resampling = null) => Unpaired(a, b, test, confidence, resampling ?? Resampling.Default, effect: null);

    /// <summary>Compares values without partners, with another effect size than that of the test unless it is null.</summary>
    internal static Comparison Unpaired(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ComparisonTest test, double confidence, Resampling resampling, EffectSize? effect)
    {
        Requirements.Confidence(confidence);
        if (Magnitude.Of(a, b) is { IsExtreme: true } magnitude)
            return Unpaired(magnitude.Scale(a), magnitude.Scale(b), test, confidence, resampling, effect).Restore(magnitude);
        Comparison comparison = test switch
        {
            ComparisonTest.Auto or ComparisonTest.Welch => UnpairedTests.Welch(a, b, confidence),
            ComparisonTest.MannWhitney => UnpairedTests.MannWhitney(a, b, confidence),
            ComparisonTest.Permutation => UnpairedTests.Permutation(a, b, confidence, resampling),
            _ => throw new ArgumentException(
                $"'{ComparisonTestText.Text(test)}' compares pairs; expected welch, mann-whitney or permutation for unpaired values.",
                nameof(test)),
        };
        return (effect is null ? comparison : comparison with { EffectSize = effect }).Told();
    }

    /// <summary>The same comparisons with p-values corrected for their number (Holm); those without a p-value do not count.</summary>
    public static IReadOnlyList<Comparison> Corrected(IReadOnlyList<Comparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        double[] adjusted = PValues.Holm([.. comparisons.Select(c => c.PValue ?? double.NaN)]);
        return [.. comparisons.Zip(adjusted, (c, p) => c with { AdjustedPValue = double.IsNaN(p) ? null : p })];
    }

    /// <summary>For example <c>b − a = 0.02 [0.01, 0.03], p = 0.004 (t, n=10)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"b − a = {Difference.Estimate:G4} [{Difference.LowerBound:G4}, {Difference.UpperBound:G4}], p = {PValue:G3} "
            + $"({ComparisonTestText.Text(Test)}, n={Count})");

    // Why there is no p-value is also why there is nothing else.
    private Comparison Told() => PValue is null
        ? this
        : this with { Notes = [.. Notes, .. new[] { Difference.Note, EffectSize?.Note }.OfType<string>().Distinct()] };

    private Comparison Restore(Magnitude magnitude) => this with
    {
        MeanA = magnitude.Restore(MeanA),
        MeanB = magnitude.Restore(MeanB),
        Difference = magnitude.Restore(Difference),
        Statistic = Test == ComparisonTest.Permutation ? magnitude.Restore(Statistic) : Statistic,
    };
}
