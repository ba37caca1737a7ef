namespace Assay.Analysis;

/// <summary>Percentile and BCa bootstrap (Efron and Tibshirani 1993, chapters 13 and 14).</summary>
internal static class Bootstrap
{
    private const int DefaultSamples = 2_000;

    public static Interval OfMean(ReadOnlySpan<double> values, double confidence, IntervalMethod method, Resampling resampling)
    {
        var moments = Moments.Of(values);
        Interval interval = Start(values, moments.Mean, confidence, method);
        interval = interval with { StandardDeviation = moments.StandardDeviation };
        if (interval.Note is not null) return moments.Count < 2 ? interval : WithoutSpread(interval, moments.Mean!.Value);
        double[] means = Means(values, resampling);
        // The mean without one value differs from the mean by that value's distance, divided by n − 1 for all of them.
        return Bounded(interval, means, Skewness(values));
    }

    public static Interval Of(
        ReadOnlySpan<double> values, Func<ReadOnlySpan<double>, double> statistic, double confidence, IntervalMethod method,
        Resampling resampling)
    {
        Interval interval = Start(values, values.Length == 0 ? null : statistic(values), confidence, method);
        if (interval.Note is not null) return values.Length < 2 ? interval : WithoutSpread(interval, interval.Estimate!.Value);
        double[] source = values.ToArray();
        Array.Sort(source);
        double[] drawn = resampling.Draw(resampling.Samples ?? DefaultSamples, source.Length, (from, to, results) =>
        {
            var sample = new double[source.Length];
            for (int i = from; i < to; i++)
            {
                Fill(new SampleRandom(resampling.Seed, i), source, sample);
                results[i] = statistic(sample);
            }
        });
        return Bounded(interval, drawn, method == IntervalMethod.Bca ? Acceleration(source, statistic) : 0);
    }

    /// <summary>The mean of each sample.</summary>
    public static double[] Means(ReadOnlySpan<double> values, Resampling resampling)
    {
        double[] source = values.ToArray();
        // Runs end in another order each time, and their values have the same bounds.
        Array.Sort(source);
        return resampling.Draw(resampling.Samples ?? DefaultSamples, source.Length, (from, to, means) =>
        {
            for (int i = from; i < to; i++) means[i] = Sum(new SampleRandom(resampling.Seed, i), source) / source.Length;
        });
    }

    /// <summary>The sum of as many random values as there are; two indices from each output of the generator.</summary>
    internal static double Sum(SampleRandom random, ReadOnlySpan<double> values)
    {
        uint bound = (uint)values.Length, threshold = SampleRandom.Threshold(values.Length);
        double even = 0, odd = 0;
        for (int i = values.Length; i > 1; i -= 2)
        {
            ulong bits = random.Next();
            even += values[random.Below((uint)(bits >> 32), bound, threshold)];
            odd += values[random.Below((uint)bits, bound, threshold)];
        }

        if (values.Length % 2 == 1) even += values[random.Below((uint)(random.Next() >> 32), bound, threshold)];
        return even + odd;
    }

    private static void Fill(SampleRandom random, ReadOnlySpan<double> values, Span<double> sample)
    {
        uint threshold = SampleRandom.Threshold(values.Length);
        for (int i = 0; i < sample.Length; i++)
            sample[i] = values[random.Below((uint)(random.Next() >> 32), (uint)values.Length, threshold)];
    }

    private static Interval Start(ReadOnlySpan<double> values, double? estimate, double confidence, IntervalMethod method) =>
        new(estimate, null, null, values.Length, confidence, method)
        {
            Note = MeanIntervals.Fault(new Moments(values.Length, estimate, null))
                ?? (values.ContainsAnyExcept(values[0]) ? null : MeanIntervals.AllEqual(values.Length)),
        };

    // Of NaN there is no sample, of equal values there is only one.
    private static Interval WithoutSpread(Interval interval, double value) =>
        double.IsFinite(value) ? interval with { LowerBound = value, UpperBound = value } : interval;

    private static Interval Bounded(Interval interval, double[] drawn, double acceleration)
    {
        Array.Sort(drawn);
        if (double.IsNaN(drawn[0])) return interval with { Note = "the statistic is NaN in a sample" };
        if (double.IsNaN(acceleration))
            return interval with { Note = "without one of the values the statistic is NaN or infinite, so that its skewness is unknown" };
        double tail = (1 - interval.Confidence) / 2;
        (double low, double high) = interval.Method == IntervalMethod.Bca
            ? Levels(drawn, interval.Estimate!.Value, tail, acceleration)
            : (tail, 1 - tail);
        return double.IsNaN(low + high)
            ? interval with { Note = "no sample lies on one side of the estimate, so that its bias is unknown" }
            : interval with { LowerBound = Quantiles.Of(drawn, low), UpperBound = Quantiles.Of(drawn, high) };
    }

    /// <summary>The quantiles that the bias and the skewness ask for; NaN where all samples are on one side of the estimate.</summary>
    private static (double Low, double High) Levels(double[] sorted, double estimate, double tail, double acceleration)
    {
        // The sums of samples are rounded otherwise than the estimate; what differs by rounding alone is a tie.
        double rounding = 1e-12 * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
        int below = sorted.Count(d => d < estimate - rounding), upTo = sorted.Count(d => d <= estimate + rounding);
        double share = (below + upTo) / 2.0 / sorted.Length;
        if (share is 0 or 1) return (double.NaN, double.NaN);
        double bias = NormalDistribution.Quantile(share);
        return (Level(tail), Level(1 - tail));

        // Rounded, because the functions behind it differ between systems in their last bits.
        double Level(double level)
        {
            double z = bias + NormalDistribution.Quantile(level);
            return Math.Round(NormalDistribution.Cdf(bias + (z / (1 - (acceleration * z)))), 12);
        }
    }

    /// <summary>The skewness of the estimate, from the statistic without each of the values in turn.</summary>
    private static double Acceleration(double[] values, Func<ReadOnlySpan<double>, double> statistic)
    {
        var without = new double[values.Length];
        double[] rest = values[1..];
        for (int i = 0; i < values.Length; i++)
        {
            without[i] = statistic(rest);
            if (i < rest.Length) rest[i] = values[i];
        }

        return -Skewness(without);
    }

    /// <summary>Σd³ / (6·(Σd²)^1.5) over the distances d from the mean, near 1 so that neither power overflows or vanishes.</summary>
    private static double Skewness(ReadOnlySpan<double> values)
    {
        double[] scaled = Magnitude.Of(values).Scale(values);
        double mean = Moments.Of(scaled).Mean!.Value, squares = Moments.Sum(scaled, mean, power: 2);
        return squares == 0 ? 0 : Moments.Sum(scaled, mean, power: 3) / (6 * Math.Pow(squares, 1.5));
    }
}
