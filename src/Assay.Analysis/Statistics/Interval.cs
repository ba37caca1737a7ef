using System.Globalization;

namespace Assay.Analysis;

/// <summary>An estimate with the bounds of a confidence interval. Immutable.</summary>
/// <param name="Estimate">The mean, or what else was estimated; null without values, NaN where a value is NaN.</param>
/// <param name="LowerBound">The lower bound, in the unit of the values; null where there is none, and <see cref="Note"/> says why.</param>
/// <param name="UpperBound">The upper bound; null where there is none.</param>
/// <param name="Count">The number of values, NaN included.</param>
/// <param name="Confidence">The share of such intervals that hold the true value, such as 0.95.</param>
/// <param name="Method">How the bounds were made; never <see cref="IntervalMethod.Auto"/>.</param>
public sealed record Interval(
    double? Estimate, double? LowerBound, double? UpperBound, int Count, double Confidence, IntervalMethod Method)
{
    /// <summary>The standard deviation of the sample (n − 1); null below two values, or where the estimate is no mean.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The number of clusters whose values count as one observation each; null when all values are independent.</summary>
    public int? Clusters { get; init; }

    /// <summary>What a reader has to know, such as why there are no bounds; null when there is nothing to tell.</summary>
    public string? Note { get; init; }

    /// <summary>The mean of independent values.</summary>
    /// <param name="values">The values. NaN makes the mean NaN and leaves no bounds.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <param name="method">Default: by the values, see <see cref="IntervalMethod.Auto"/>.</param>
    /// <param name="resampling">Samples and seed of a bootstrap. Default: 2,000 samples, seed 0.</param>
    /// <exception cref="ArgumentException">
    /// The confidence is not between 0 and 1, or <see cref="IntervalMethod.Wilson"/> is asked for values other than 0 and 1.
    /// </exception>
    public static Interval OfMean(
        ReadOnlySpan<double> values, double confidence = 0.95, IntervalMethod method = IntervalMethod.Auto, Resampling? resampling = null)
    {
        Requirements.Confidence(confidence);
        if (method == IntervalMethod.Auto) method = MeanIntervals.Choose(values);
        return Magnitude.Of(values) is { IsExtreme: true } magnitude && method != IntervalMethod.Wilson
            ? magnitude.Restore(OfMean(magnitude.Scale(values), confidence, method, resampling))
            : MeanIntervals.Of(values, confidence, method, resampling ?? Resampling.Default);
    }

    /// <summary>
    /// The mean of values that belong together in clusters, such as the answers to questions about one text. The standard error is that of
    /// Liang and Zeger (1986), √(Σ(Σ(x − mean))² · G/(G − 1)) / n over G clusters, with t quantiles of G − 1 degrees of freedom up to
    /// 30 clusters and normal ones above; Miller (2024), "Adding error bars to evals".
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="clusters">The cluster of each value; equal numbers are one cluster.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <param name="method">
    /// <see cref="IntervalMethod.T"/> or <see cref="IntervalMethod.Normal"/>. Default: by the number of clusters.
    /// </param>
    /// <exception cref="ArgumentException">The lengths differ, or the confidence or method is another one.</exception>
    public static Interval OfMean(
        ReadOnlySpan<double> values, ReadOnlySpan<int> clusters, double confidence = 0.95, IntervalMethod method = IntervalMethod.Auto)
    {
        Requirements.Confidence(confidence);
        Requirements.SameLength(values.Length, clusters.Length, "values", "numbers of clusters");
        return Magnitude.Of(values) is { IsExtreme: true } magnitude
            ? magnitude.Restore(OfMean(magnitude.Scale(values), clusters, confidence, method))
            : MeanIntervals.Clustered(values, clusters, confidence, method);
    }

    /// <summary>The share of successes, by Wilson's score interval (1927).</summary>
    /// <param name="successes">From 0 to <paramref name="count"/>.</param>
    /// <param name="count">The number of trials.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static Interval OfShare(int successes, int count, double confidence = 0.95)
    {
        Requirements.Confidence(confidence);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count);
        return MeanIntervals.Wilson(successes, count, confidence);
    }

    /// <summary>The share of values that are true, by Wilson's score interval.</summary>
    /// <param name="values">The values.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <exception cref="ArgumentException">The confidence is not between 0 and 1.</exception>
    public static Interval OfShare(ReadOnlySpan<bool> values, double confidence = 0.95) =>
        OfShare(values.Count(true), values.Length, confidence);

    /// <summary>Any statistic of independent values, such as a median, by the bootstrap.</summary>
    /// <param name="values">The values.</param>
    /// <param name="statistic">
    /// The statistic; called from several threads at once, with values in any order. It should not change what it is given.
    /// </param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <param name="method">
    /// <see cref="IntervalMethod.Bootstrap"/> or <see cref="IntervalMethod.Bca"/>. Default: <see cref="IntervalMethod.Bca"/>.
    /// </param>
    /// <param name="resampling">Samples and seed. Default: 2,000 samples, seed 0.</param>
    /// <exception cref="ArgumentException">The confidence or method is another one.</exception>
    public static Interval OfStatistic(
        ReadOnlySpan<double> values, Func<ReadOnlySpan<double>, double> statistic, double confidence = 0.95,
        IntervalMethod method = IntervalMethod.Bca, Resampling? resampling = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        Requirements.Confidence(confidence);
        if (method is not (IntervalMethod.Bootstrap or IntervalMethod.Bca))
            throw new ArgumentException(
                $"'{IntervalMethodText.Text(method)}' is for means; expected bootstrap or bca for another statistic.", nameof(method));
        return Bootstrap.Of(values, statistic, confidence, method, resampling ?? Resampling.Default);
    }

    /// <summary>For example <c>0.58 [0.52, 0.64] (n=5, bootstrap)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Number(Estimate)} [{Number(LowerBound)}, {Number(UpperBound)}] (n={Count}, {IntervalMethodText.Text(Method)})");

    private static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "–";
}
