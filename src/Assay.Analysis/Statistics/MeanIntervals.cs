namespace Assay.Analysis;

/// <summary>The intervals of <see cref="Interval.OfMean(ReadOnlySpan{double}, double, IntervalMethod, Resampling?)"/>.</summary>
internal static class MeanIntervals
{
    /// <summary>Up to so many values t quantiles are used, and normal ones above.</summary>
    public const int MostForT = 30;

    public static IntervalMethod Choose(ReadOnlySpan<double> values) =>
        values.Length > 0 && !values.ContainsAnyExceptInRange(0, 1) ? IntervalMethod.Bootstrap : ByCount(values.Length);

    public static IntervalMethod ByCount(int count) => count <= MostForT ? IntervalMethod.T : IntervalMethod.Normal;

    public static Interval Of(ReadOnlySpan<double> values, double confidence, IntervalMethod method, Resampling resampling) => method switch
    {
        IntervalMethod.T or IntervalMethod.Normal => Symmetric(Moments.Of(values), confidence, method),
        IntervalMethod.Bootstrap or IntervalMethod.Bca => Bootstrap.OfMean(values, confidence, method, resampling),
        IntervalMethod.Wilson => Wilson(Successes(values), values.Length, confidence),
        _ => throw new ArgumentException(
            $"'{IntervalMethodText.Text(method)}' gives no interval of a mean; expected auto, t, normal, wilson, bootstrap or bca.",
            nameof(method)),
    };

    public static Interval Symmetric(Moments moments, double confidence, IntervalMethod method) =>
        Symmetric(moments, moments.StandardError, moments.Count - 1, confidence, method);

    /// <param name="moments">What is known of the values.</param>
    /// <param name="error">The standard error of the mean.</param>
    /// <param name="freedom">The degrees of freedom.</param>
    /// <param name="confidence">The confidence.</param>
    /// <param name="method">t or normal.</param>
    public static Interval Symmetric(Moments moments, double error, double freedom, double confidence, IntervalMethod method)
    {
        var interval = new Interval(moments.Mean, null, null, moments.Count, confidence, method)
        {
            StandardDeviation = moments.StandardDeviation,
            Note = Fault(moments) ?? (error == 0 ? AllEqual(moments.Count) : null),
        };
        if (Fault(moments) is not null || freedom < 1) return interval;
        double upper = (1 + confidence) / 2;
        double margin = error * (method == IntervalMethod.T ? StudentT.Quantile(upper, freedom) : NormalDistribution.Quantile(upper));
        return interval with { LowerBound = moments.Mean - margin, UpperBound = moments.Mean + margin };
    }

    public static Interval Wilson(int successes, int count, double confidence)
    {
        if (count == 0) return new Interval(null, null, null, 0, confidence, IntervalMethod.Wilson) { Note = "no values" };
        double n = count, share = successes / n, z = NormalDistribution.Quantile((1 + confidence) / 2);
        double scale = 1 + (z * z / n);
        double centre = (share + (z * z / (2 * n))) / scale;
        double half = z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n))) / scale;
        return new Interval(share, Math.Max(0, centre - half), Math.Min(1, centre + half), count, confidence, IntervalMethod.Wilson)
        {
            StandardDeviation = count < 2 ? null : Math.Sqrt(share * (1 - share) * n / (n - 1)),
        };
    }

    public static Interval Clustered(
        ReadOnlySpan<double> values, ReadOnlySpan<int> clusters, double confidence, IntervalMethod method)
    {
        if (method is not (IntervalMethod.Auto or IntervalMethod.T or IntervalMethod.Normal))
            throw new ArgumentException(
                $"'{IntervalMethodText.Text(method)}' takes all values as independent; expected t or normal with clusters.",
                nameof(method));
        var moments = Moments.Of(values);
        var sums = new Dictionary<int, double>();
        for (int i = 0; i < values.Length; i++)
            sums[clusters[i]] = sums.GetValueOrDefault(clusters[i]) + (values[i] - (moments.Mean ?? 0));
        double groups = sums.Count;
        double error = Math.Sqrt(sums.Values.Sum(s => s * s) * groups / (groups - 1)) / values.Length;
        if (method == IntervalMethod.Auto) method = ByCount(sums.Count);
        Interval interval = Symmetric(moments, error, groups - 1, confidence, method);
        string? note = Fault(moments) ?? (
            sums.Count == 1 ? "all values are in one cluster, which has no spread"
            : moments.StandardDeviation > 0 && Rounding.IsAll(error, moments.Mean!.Value) ? "all clusters have the same mean"
            : interval.Note);
        return interval with { Clusters = sums.Count, Note = note };
    }

    public static string? Fault(Moments moments) => moments.Count switch
    {
        0 => "no values",
        _ when moments.Mean is not { } mean || double.IsNaN(mean) => "NaN among the values",
        _ when double.IsInfinity(moments.Mean.Value) => "infinity among the values",
        1 => "one value has no spread",
        _ => null,
    };

    public static string AllEqual(int count) => $"all {count} values are equal";

    private static int Successes(ReadOnlySpan<double> values)
    {
        int successes = 0;
        foreach (double value in values)
        {
            if (value is not (0 or 1))
                throw new ArgumentException($"{value} is no success or failure; Wilson's interval expects 0 and 1, or booleans. "
                    + "Take bootstrap for shares.", nameof(values));
            successes += (int)value;
        }

        return successes;
    }
}
