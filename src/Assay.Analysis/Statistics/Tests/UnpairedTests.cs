namespace Assay.Analysis;

/// <summary>Tests of values without partners.</summary>
internal static class UnpairedTests
{
    public static Comparison Welch(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence)
    {
        Comparison comparison = Start(ComparisonTest.Welch, a, b, confidence);
        if (comparison.Notes.Count > 0 || comparison.Difference.LowerBound is null)
            return comparison.Notes.Count > 0 ? comparison : comparison with { Notes = [comparison.Difference.Note!] };
        (double error, double freedom) = WelchError(Moments.Of(a), Moments.Of(b));
        double t = comparison.Difference.Estimate!.Value / error;
        return comparison with { Statistic = t, DegreesOfFreedom = freedom, PValue = StudentT.TwoSided(t, freedom) };
    }

    public static Comparison MannWhitney(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence)
    {
        Comparison comparison = Start(ComparisonTest.MannWhitney, a, b, confidence) with
        {
            Difference = HodgesLehmann.OfShift(a, b, confidence),
            EffectSize = EffectSize.CliffDelta(a, b, confidence),
        };
        if (comparison.Notes.Count > 0) return comparison;
        int first = a.Length;
        var ranks = Ranks.Of([.. a, .. b]);
        double ofB = ranks.SumWhere(i => i >= first), pairs = (double)a.Length * b.Length;
        bool isExact = a.Length <= RankDistribution.MostExact && b.Length <= RankDistribution.MostExact;
        double wins = ofB - (b.Length * (b.Length + 1.0) / 2);
        return comparison with
        {
            Statistic = wins,
            IsExact = isExact,
            PValue = isExact
                ? RankDistribution.RankSum(ranks.Doubled, b.Length).TwoSided((int)(2 * ofB))
                : PairedTests.Continuity(wins - (pairs / 2), Variance(a.Length, b.Length, ranks.TieSum)),
        };
    }

    public static Comparison Permutation(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence, Resampling resampling)
    {
        Comparison comparison = Start(ComparisonTest.Permutation, a, b, confidence);
        if (comparison.Notes.Count > 0) return comparison;
        (double p, bool isExact) = PermutationTests.Assignments(a, b, resampling);
        return comparison with { Statistic = comparison.Difference.Estimate, PValue = p, IsExact = isExact };
    }

    private static Comparison Start(ComparisonTest test, ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence)
    {
        Moments first = Moments.Of(a), second = Moments.Of(b);
        return new Comparison
        {
            Test = test,
            IsPaired = false,
            Count = a.Length + b.Length,
            CountA = a.Length,
            CountB = b.Length,
            MeanA = first.Mean,
            MeanB = second.Mean,
            Difference = WelchInterval(first, second, confidence),
            EffectSize = EffectSize.HedgesG(a, b, confidence),
            Notes = a.Length == 0 || b.Length == 0 ? ["one side has no values"]
                : Moments.AreFinite(a) && Moments.AreFinite(b) ? [] : ["NaN or infinity among the values"],
        };
    }

    private static Interval WelchInterval(Moments a, Moments b, double confidence)
    {
        var interval = new Interval(b.Mean - a.Mean, null, null, a.Count + b.Count, confidence, IntervalMethod.T);
        if (a.StandardDeviation is null || b.StandardDeviation is null)
            return interval with { Note = EffectSize.FewValues };
        (double error, double freedom) = WelchError(a, b);
        if (double.IsNaN(error)) return interval with { Note = "NaN or infinity among the values" };
        if (Rounding.IsAll(error, a.Mean!.Value, b.Mean!.Value)) return interval with { Note = EffectSize.NoSpread };
        double margin = error * StudentT.Quantile((1 + confidence) / 2, freedom);
        return interval with { LowerBound = interval.Estimate - margin, UpperBound = interval.Estimate + margin };
    }

    private static (double Error, double Freedom) WelchError(Moments a, Moments b)
    {
        double ofA = a.Variance / a.Count, ofB = b.Variance / b.Count, sum = ofA + ofB;
        // Shares, because the squares of small variances would vanish.
        double shareA = ofA / sum, shareB = ofB / sum;
        return (Math.Sqrt(sum), 1 / ((shareA * shareA / (a.Count - 1)) + (shareB * shareB / (b.Count - 1))));
    }

    private static double Variance(double a, double b, double ties)
    {
        double all = a + b;
        return a * b / 12 * (all + 1 - (ties / (all * (all - 1))));
    }
}
