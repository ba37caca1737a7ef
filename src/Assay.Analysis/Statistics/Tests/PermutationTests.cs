namespace Assay.Analysis;

/// <summary>Two-sided p-values under random signs or random assignments: twice the smaller tail, at most 1.</summary>
internal static class PermutationTests
{
    private const int MostExactPairs = 30;
    private const double MostExactAssignments = 1_000_000;
    private const int DefaultSamples = 10_000;

    /// <summary>The signs of differences between partners.</summary>
    /// <param name="differences">The differences.</param>
    /// <param name="source">The sum of the sizes of all values of the partners.</param>
    /// <param name="resampling">Samples and seed.</param>
    public static (double P, bool IsExact) Signs(ReadOnlySpan<double> differences, double source, Resampling resampling)
    {
        double[] values = differences.ToArray();
        double observed = Math.Abs(Moments.Sum(values, 0, power: 1));
        // What differs from the observed sum by rounding alone counts as equal to it.
        double least = observed - Rounding.OfSum(values.Length, SumOfSizes(values), source);
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
        // Of two sides one is enough, because both tails count.
        Range side = a.Length < b.Length ? ..a.Length : a.Length..;
        int chosen = Math.Min(a.Length, b.Length);
        double least = all.Min(), most = all.Max();
        if (all.All(v => v == least || v == most))
            return (Fisher(all.Length, all.Count(v => v == most), chosen, all.AsSpan(side).Count(most)), true);
        double source = SumOfSizes(all);
        // Distances from the mean, so that a large mean takes no digits.
        double mean = Moments.Of(all).Mean!.Value;
        for (int i = 0; i < all.Length; i++) all[i] -= mean;
        double observed = Moments.Sum(all.AsSpan(side), 0, power: 1);
        double rounding = Rounding.OfSum(all.Length, SumOfSizes(all), source);
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

    public static double SumOfSizes(double[] values) => values.Sum(Math.Abs);

    /// <summary>
    /// The exact test of Fisher (1935): of all values some are marked and some chosen, and the number of marked ones among the chosen
    /// has the hypergeometric distribution.
    /// </summary>
    private static double Fisher(double all, double marked, double chosen, double observed)
    {
        // In units of the probability of the observed number. Beyond 1e308 of them the other tail is 0.
        double from = 0, upTo = 0, weight = 1;
        for (double k = observed; weight > 0; k++)
        {
            from += weight;
            weight *= (marked - k) * (chosen - k) / ((k + 1) * (all - marked - chosen + k + 1));
        }

        weight = 1;
        for (double k = observed; weight > 0; k--)
        {
            upTo += weight;
            weight *= k * (all - marked - chosen + k) / ((marked - k + 1) * (chosen - k + 1));
        }

        return Math.Min(1, 2 * Math.Min(from, upTo) / (from + upTo - 1));
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

    // The first steps of a shuffle.
    private static double ChosenSum(SampleRandom random, double[] values, double[] shuffled, int chosen)
    {
        values.CopyTo(shuffled, 0);
        double sum = 0;
        for (int i = 0; i < chosen; i++)
        {
            int rest = values.Length - i;
            int j = i + random.Below((uint)(random.Next() >> 32), (uint)rest, SampleRandom.Threshold(rest));
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
            sum += shuffled[i];
        }

        return sum;
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
