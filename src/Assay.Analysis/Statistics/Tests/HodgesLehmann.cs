namespace Assay.Analysis;

/// <summary>
/// The estimates of Hodges and Lehmann (1963) with the bounds that invert the rank tests (Hollander and Wolfe 1999, 3.3 and 4.3). Pairs
/// are not stored: the k-th is found by halving the range of doubles and counting the pairs up to there.
/// </summary>
internal static class HodgesLehmann
{
    public static Interval OfDifferences(ReadOnlySpan<double> differences, double confidence)
    {
        if (Fault(differences, differences.Length, confidence) is { } fault) return fault;
        double[] halves = Array.ConvertAll(differences.ToArray(), d => d / 2);
        Array.Sort(halves);
        double n = halves.Length;
        bool isExact = halves.Length <= RankDistribution.MostExact;
        long skipped = isExact
            ? RankDistribution.SignedRank([.. Enumerable.Range(1, halves.Length)]).Quantile((1 - confidence) / 2)
            : Skipped(n * (n + 1) / 4, n * (n + 1) * ((2 * n) + 1) / 24, confidence);
        return Bounded((long)n * ((long)n + 1) / 2, skipped, x => Averages(halves, x), halves[0] * 2, halves[^1] * 2)
            .ToInterval(halves.Length, confidence, isExact);
    }

    public static Interval OfShift(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence)
    {
        if (Fault([.. a, .. b], Math.Min(a.Length, b.Length), confidence) is { } fault) return fault;
        double[] first = a.ToArray(), second = b.ToArray();
        Array.Sort(first);
        Array.Sort(second);
        double m = first.Length, n = second.Length;
        bool isExact = first.Length <= RankDistribution.MostExact && second.Length <= RankDistribution.MostExact;
        long skipped = isExact
            ? RankDistribution.RankSum([.. Enumerable.Range(1, first.Length + second.Length)], second.Length).Quantile((1 - confidence) / 2)
                - (second.Length * (second.Length + 1) / 2)
            : Skipped(m * n / 2, m * n * (m + n + 1) / 12, confidence);
        return Bounded((long)m * (long)n, skipped, x => Shifts(first, second, x), second[0] - first[^1], second[^1] - first[0])
            .ToInterval(first.Length + second.Length, confidence, isExact);
    }

    private static Interval? Fault(ReadOnlySpan<double> values, int least, double confidence)
    {
        string? note = least == 0 ? "no values"
            : Moments.AreFinite(values) ? null : "NaN or infinity among the values";
        return note is null ? null
            : new Interval(least == 0 ? null : double.NaN, null, null, values.Length, confidence, IntervalMethod.Exact) { Note = note };
    }

    private static long Skipped(double mean, double variance, double confidence) =>
        (long)Math.Max(0, Math.Floor(mean - (NormalDistribution.Quantile((1 + confidence) / 2) * Math.Sqrt(variance))));

    private static Bounds Bounded(long pairs, long skipped, Func<double, long> countUpTo, double least, double most)
    {
        double middle = Mid(Find((pairs + 1) / 2), Find((pairs / 2) + 1));
        return skipped == 0 ? new Bounds(middle, null, null) : new Bounds(middle, Find(skipped), Find(pairs + 1 - skipped));

        double Find(long k)
        {
            long low = Order(least), high = Order(most);
            while (low < high)
            {
                long between = low + (long)(((ulong)high - (ulong)low) / 2);
                if (countUpTo(FromOrder(between)) >= k) high = between;
                else low = between + 1;
            }

            return FromOrder(low);
        }
    }

    private static double Mid(double a, double b) => a == b ? a : (a / 2) + (b / 2);

    // Doubles as whole numbers of the same order.
    private static long Order(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    private static double FromOrder(long order) => BitConverter.Int64BitsToDouble(order < 0 ? long.MinValue - order : order);

    /// <summary>How many averages of two of the values, or of one with itself, are at most x.</summary>
    private static long Averages(double[] sortedHalves, double x)
    {
        long count = 0;
        for (int i = 0, j = sortedHalves.Length - 1; i <= j; i++)
        {
            while (j >= i && sortedHalves[i] + sortedHalves[j] > x) j--;
            count += Math.Max(0, j - i + 1);
        }

        return count;
    }

    /// <summary>How many differences between a value of the second side and one of the first are at most x.</summary>
    private static long Shifts(double[] first, double[] second, double x)
    {
        long count = 0;
        int j = 0;
        foreach (double value in first)
        {
            while (j < second.Length && second[j] - value <= x) j++;
            count += j;
        }

        return count;
    }

    private readonly record struct Bounds(double Middle, double? Lower, double? Upper)
    {
        public Interval ToInterval(int count, double confidence, bool isExact) =>
            new(Middle, Lower, Upper, count, confidence, isExact ? IntervalMethod.Exact : IntervalMethod.Normal)
            {
                Note = Lower is null ? $"too few values for bounds with a confidence of {confidence}" : null,
            };
    }
}
