namespace Assay.Analysis;

/// <summary>Tests of the differences b − a between partners.</summary>
internal static class PairedTests
{
    public static Comparison T(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence)
    {
        double[] differences = Differences(a, b);
        var moments = Moments.Of(differences);
        Comparison comparison = Start(ComparisonTest.T, a, b, differences, confidence);
        if (comparison.Notes.Count > 0 || moments.StandardDeviation is not > 0)
            return comparison.Notes.Count > 0 ? comparison : comparison with { Notes = [NoSpread(differences)] };
        double t = moments.Mean!.Value / moments.StandardError;
        return comparison with
        {
            Statistic = t,
            DegreesOfFreedom = moments.Count - 1,
            PValue = StudentT.TwoSided(t, moments.Count - 1),
        };
    }

    public static Comparison Wilcoxon(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence)
    {
        double[] differences = Differences(a, b);
        Comparison comparison = Start(ComparisonTest.Wilcoxon, a, b, differences, confidence) with
        {
            Difference = HodgesLehmann.OfDifferences(differences, confidence),
        };
        if (comparison.Notes.Count > 0) return comparison;
        double[] sizes = Sizes(differences, a, b);
        int[] counted = [.. Enumerable.Range(0, sizes.Length).Where(i => sizes[i] > 0)];
        var ranks = Ranks.Of(Array.ConvertAll(counted, i => sizes[i]));
        double above = ranks.SumWhere(i => differences[counted[i]] > 0), all = counted.Length * (counted.Length + 1.0) / 2;
        bool isExact = counted.Length <= RankDistribution.MostExact;
        int zeros = differences.Length - counted.Length;
        return comparison with
        {
            Statistic = above,
            IsExact = isExact,
            PValue = isExact
                ? RankDistribution.SignedRank(ranks.Doubled).TwoSided((int)(2 * above))
                : NormalSignedRank(above, counted.Length, ranks.TieSum),
            EffectSize = new EffectSize(EffectMeasure.RankBiserial, all == 0 ? 0 : ((2 * above) - all) / all, null, null, confidence),
            Notes = zeros == 0 ? [] : [$"{zeros} of {differences.Length} differences are 0 and have no rank"],
        };
    }

    public static Comparison Permutation(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence, Resampling resampling)
    {
        double[] differences = Differences(a, b);
        Comparison comparison = Start(ComparisonTest.Permutation, a, b, differences, confidence);
        if (comparison.Notes.Count > 0) return comparison;
        (double p, bool isExact) = PermutationTests.Signs(differences, PermutationTests.SumOfSizes([.. a, .. b]), resampling);
        return comparison with { Statistic = Moments.Of(differences).Mean, PValue = p, IsExact = isExact };
    }

    public static Comparison McNemar(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence)
    {
        int onlyA = 0, onlyB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] is not (0 or 1) || b[i] is not (0 or 1))
                throw new ArgumentException($"Pair {i} is {a[i]} and {b[i]}; McNemar's test expects 0 and 1, or booleans. "
                    + "Take t, wilcoxon or permutation for other numbers.");
            (onlyA, onlyB) = (onlyA + (a[i] > b[i] ? 1 : 0), onlyB + (b[i] > a[i] ? 1 : 0));
        }

        return Start(ComparisonTest.McNemar, a, b, Differences(a, b), confidence) with
        {
            Difference = BonettPrice(onlyA, onlyB, a.Length, confidence),
            Statistic = onlyB,
            IsExact = true,
            PValue = a.Length == 0 ? null : Binomial.TwoSidedHalf(Math.Min(onlyA, onlyB), onlyA + onlyB),
            EffectSize = EffectSize.PairedOddsRatio(onlyA, onlyB, confidence),
            Notes = a.Length == 0 ? ["no pairs"] : [],
        };
    }

    private static Comparison Start(
        ComparisonTest test, ReadOnlySpan<double> a, ReadOnlySpan<double> b, double[] differences, double confidence) => new()
        {
            Test = test,
            IsPaired = true,
            Count = a.Length,
            CountA = a.Length,
            CountB = b.Length,
            MeanA = Moments.Of(a).Mean,
            MeanB = Moments.Of(b).Mean,
            Difference = OfMean(differences, confidence),
            EffectSize = EffectSize.CohenDz(differences, confidence),
            Notes = differences.Length == 0 ? ["no pairs"] : Moments.AreFinite(differences) ? [] : ["NaN or infinity among the values"],
        };

    // What it tells of values is told of differences here, in the words of the effect size beside it.
    private static Interval OfMean(double[] differences, double confidence)
    {
        Interval interval = MeanIntervals.Of(differences, confidence, IntervalMethod.T, Resampling.Default);
        string? note = differences.Length == 1 ? EffectSize.FewDifferences
            : interval.StandardDeviation == 0 ? EffectSize.EqualDifferences : interval.Note;
        return interval with { Note = note };
    }

    /// <summary>The sizes of differences, 0 or equal where rounding alone is between them.</summary>
    private static double[] Sizes(double[] differences, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sizes, rounding) = (new double[differences.Length], new double[differences.Length]);
        for (int i = 0; i < sizes.Length; i++)
        {
            (sizes[i], rounding[i]) = (Math.Abs(differences[i]), Rounding.OfDifference(a[i], b[i]));
            if (sizes[i] <= rounding[i]) sizes[i] = 0;
        }

        int[] order = [.. Enumerable.Range(0, sizes.Length)];
        Array.Sort([.. sizes], order);
        foreach ((int before, int next) in order.Zip(order.Skip(1)))
            if (sizes[next] - sizes[before] <= Math.Min(rounding[before], rounding[next])) sizes[next] = sizes[before];
        return sizes;
    }

    private static string NoSpread(double[] differences) => differences.Length == 1
        ? "one pair has no spread, so there is no p-value"
        : $"all {differences.Length} differences are equal, so t is undefined";

    private static double NormalSignedRank(double above, double count, double ties)
    {
        double variance = (count * (count + 1) * ((2 * count) + 1) / 24) - (ties / 48);
        return Continuity(above - (count * (count + 1) / 4), variance);
    }

    /// <summary>The p-value of a distance in steps of one, half of which is the distance of the normal distribution.</summary>
    internal static double Continuity(double distance, double variance) =>
        variance == 0 ? 1 : NormalDistribution.TwoSided(Math.Max(0, Math.Abs(distance) - 0.5) / Math.Sqrt(variance));

    private static Interval BonettPrice(int onlyA, int onlyB, int count, double confidence)
    {
        if (count == 0) return new Interval(null, null, null, 0, confidence, IntervalMethod.Score) { Note = "no pairs" };
        double of = count + 2, p = (onlyB + 1) / of, q = (onlyA + 1) / of;
        double margin = NormalDistribution.Quantile((1 + confidence) / 2) * Math.Sqrt((p + q - ((p - q) * (p - q))) / of);
        return new Interval(
            (double)(onlyB - onlyA) / count, Math.Max(-1, p - q - margin), Math.Min(1, p - q + margin), count, confidence,
            IntervalMethod.Score);
    }

    private static double[] Differences(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var differences = new double[a.Length];
        for (int i = 0; i < differences.Length; i++) differences[i] = b[i] - a[i];
        var moments = Moments.Of(differences);
        // 0.75 − 0.71 and 0.7 − 0.66 are equal, although their last bits are not.
        if (moments.Count > 1 && Rounding.IsAll(moments.StandardError, Moments.Of(a).Mean!.Value, Moments.Of(b).Mean!.Value))
            Array.Fill(differences, moments.Mean!.Value);
        return differences;
    }
}
