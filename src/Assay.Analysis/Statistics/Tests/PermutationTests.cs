namespace Assay.Analysis;

/// <summary>Two-sided p-values under random signs or random assignments: twice the smaller tail, at most 1.</summary>
internal static class PermutationTests
{
    private const int MostExactPairs = 30;
    private const double MostExactAssignments = 1_000_000;
    private const int DefaultSamples = 10_000;

    // What differs from the observed sum by rounding alone counts as equal to it.
    private const double Rounding = 1e-12;

    /// <summary>The signs of differences between partners.</summary>
    public static (double P, bool IsExact) Signs(ReadOnlySpan<double> differences, Resampling resampling)
    {
        double[] values = differences.ToArray();
        double observed = Math.Abs(Moments.Sum(values, 0, power: 1));
        double least = observed - (Rounding * values.Sum(Math.Abs));
        if (values.Length <= MostExactPairs)
        {
            double share = SumsFrom(least, values) / Math.ScaleB(1, values.Length);
            return (Math.Min(1, 2 * share), true);
        }

        double[] sums = resampling.Draw(resampling.Samples ?? DefaultSamples, values.Length, (from, to, drawn) =>
        {
            for (int i = from; i < to; i++) drawn[i] = SignedSum(new SampleRandom(resampling.Seed, i), values);
        });
        // The distribution is symmetric: both tails are one.
        return (Sampled(sums.Count(s => s >= least), sums.Count(s => -s >= least), sums.Length, isSymmetric: true), false);
    }

    /// <summary>Which values belong to which side.</summary>
    public static (double P, bool IsExact) Assignments(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Resampling resampling)
    {
        double[] all = [.. a, .. b];
        int chosen = b.Length;
        // Distances from the mean, so that a large mean takes no digits.
        double mean = Moments.Of(all).Mean!.Value;
        for (int i = 0; i < all.Length; i++) all[i] -= mean;
        double observed = Moments.Sum(all.AsSpan(a.Length), 0, power: 1), rounding = Rounding * all.Sum(Math.Abs);
        if (Choices(all.Length, chosen) <= MostExactAssignments)
        {
            var tails = new Tails(observed, rounding);
            tails.AddChoices(all, 0, chosen, 0);
            return (Math.Min(1, 2.0 * Math.Min(tails.Above, tails.Below) / tails.Count), true);
        }

        double[] sums = resampling.Draw(resampling.Samples ?? DefaultSamples, all.Length, (from, to, drawn) =>
        {
            var shuffled = new double[all.Length];
            for (int i = from; i < to; i++) drawn[i] = ChosenSum(new SampleRandom(resampling.Seed, i), all, shuffled, chosen);
        });
        return (Sampled(sums.Count(s => s >= observed - rounding), sums.Count(s => s <= observed + rounding), sums.Length), false);
    }

    // The observed arrangement is one of those that are possible, hence the 1 on both sides.
    private static double Sampled(int above, int below, int samples, bool isSymmetric = false) => isSymmetric
        ? Math.Min(1, (above + below + 1.0) / (samples + 1))
        : Math.Min(1, 2 * (Math.Min(above, below) + 1.0) / (samples + 1));

    /// <summary>How many choices of signs have a sum of at least a number: both halves on their own, then put together in order.</summary>
    private static double SumsFrom(double least, double[] values)
    {
        double[] left = SignedSums(values.AsSpan(0, values.Length / 2)), right = SignedSums(values.AsSpan(values.Length / 2));
        double count = 0;
        int from = right.Length;
        foreach (double sum in left)
        {
            while (from > 0 && sum + right[from - 1] >= least) from--;
            count += right.Length - from;
        }

        return count;
    }

    private static double[] SignedSums(ReadOnlySpan<double> values)
    {
        var sums = new double[1 << values.Length];
        for (int signs = 0; signs < sums.Length; signs++)
            for (int i = 0; i < values.Length; i++) sums[signs] += (signs >> i & 1) == 0 ? values[i] : -values[i];
        Array.Sort(sums);
        return sums;
    }

    private static double SignedSum(SampleRandom random, double[] values)
    {
        double sum = 0;
        ulong bits = 0;
        for (int i = 0; i < values.Length; i++, bits >>= 1)
        {
            if (i % 64 == 0) bits = random.Next();
            sum += (bits & 1) == 0 ? values[i] : -values[i];
        }

        return sum;
    }

    // The first steps of a shuffle; the smaller side is drawn.
    private static double ChosenSum(SampleRandom random, double[] values, double[] shuffled, int chosen)
    {
        values.CopyTo(shuffled, 0);
        bool drawsOthers = chosen > values.Length / 2;
        int drawn = drawsOthers ? values.Length - chosen : chosen;
        double sum = 0;
        for (int i = 0; i < drawn; i++)
        {
            int rest = values.Length - i;
            int j = i + random.Below((uint)(random.Next() >> 32), (uint)rest, SampleRandom.Threshold(rest));
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
            sum += shuffled[i];
        }

        // The distances from the mean add up to nothing.
        return drawsOthers ? -sum : sum;
    }

    private static double Choices(int of, int chosen)
    {
        double choices = 1;
        for (int i = 1; i <= chosen; i++) choices = choices * (of - chosen + i) / i;
        return choices;
    }

    private sealed class Tails(double observed, double rounding)
    {
        public long Count { get; private set; }

        public long Above { get; private set; }

        public long Below { get; private set; }

        public void AddChoices(ReadOnlySpan<double> values, int from, int left, double sum)
        {
            if (left == 0)
            {
                Count++;
                if (sum >= observed - rounding) Above++;
                if (sum <= observed + rounding) Below++;
                return;
            }

            for (int i = from; i <= values.Length - left; i++) AddChoices(values, i + 1, left - 1, sum + values[i]);
        }
    }
}
