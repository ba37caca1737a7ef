namespace Assay.Analysis;

/// <summary>What an <see cref="EffectSize"/> measures.</summary>
public enum EffectMeasure
{
    /// <summary>The difference of two means in units of their common standard deviation (Cohen 1988).</summary>
    CohenD,

    /// <summary>The mean of the differences between partners in units of their standard deviation.</summary>
    CohenDz,

    /// <summary>Cohen's d without its bias for few values (Hedges 1981).</summary>
    HedgesG,

    /// <summary>By how much b exceeds a in more pairs than the other way round, from −1 to 1 (Cliff 1993).</summary>
    CliffDelta,

    /// <summary>The ranks of the differences above 0 less those below, as a share of all, from −1 to 1 (Kerby 2014).</summary>
    RankBiserial,

    /// <summary>The odds of one side over those of the other; 1 is no effect.</summary>
    OddsRatio,
}

/// <summary>Measures by their names in tables, commands and JSON.</summary>
public static class EffectMeasureText
{
    /// <summary>The name, such as <c>cohen_d</c>.</summary>
    public static string Text(EffectMeasure measure) => measure switch
    {
        EffectMeasure.CohenD => "cohen_d",
        EffectMeasure.CohenDz => "cohen_dz",
        EffectMeasure.HedgesG => "hedges_g",
        EffectMeasure.CliffDelta => "cliff_delta",
        EffectMeasure.RankBiserial => "rank_biserial",
        EffectMeasure.OddsRatio => "odds_ratio",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "There is no such measure."),
    };
}

/// <summary>How large an effect is beside the spread, independent of the unit. Above 0 (odds ratio: 1), b is larger. Immutable.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Value">The size; null where the values do not define it, infinite for odds over odds of 0.</param>
/// <param name="LowerBound">The lower bound; null where there is none.</param>
/// <param name="UpperBound">The upper bound; null where there is none.</param>
/// <param name="Confidence">The share of such intervals that hold the true size.</param>
public sealed record EffectSize(EffectMeasure Measure, double? Value, double? LowerBound, double? UpperBound, double Confidence)
{
    // Also said of the interval of the difference beside the size.
    internal const string FewValues = "one side has fewer than two values, and so no spread", NoSpread = "no side has any spread",
        FewDifferences = "fewer than two differences", EqualDifferences = "all differences are equal";

    /// <summary>What a reader has to know, such as why there are no bounds; null when there is nothing to tell.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// Cohen's d of b − a over the pooled standard deviation; the bounds are those of noncentral t (Cumming and Finch 2001). Sides whose
    /// values differ by rounding alone have no spread, and so there is no size.
    /// </summary>
    /// <param name="a">At least two values.</param>
    /// <param name="b">At least two values; with fewer there is no size.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    public static EffectSize CohenD(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence = 0.95)
    {
        Requirements.Confidence(confidence);
        if (Magnitude.Of(a, b) is { IsExtreme: true } magnitude) return CohenD(magnitude.Scale(a), magnitude.Scale(b), confidence);
        Moments first = Moments.Of(a), second = Moments.Of(b);
        double freedom = a.Length + b.Length - 2;
        if (first.StandardDeviation is null || second.StandardDeviation is null)
            return new EffectSize(EffectMeasure.CohenD, null, null, null, confidence) { Note = FewValues };
        double pooled = Math.Sqrt((((a.Length - 1) * first.Variance) + ((b.Length - 1) * second.Variance)) / freedom);
        double scale = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        return Rounding.IsAll(pooled / scale, first.Mean!.Value, second.Mean!.Value)
            ? new EffectSize(EffectMeasure.CohenD, null, null, null, confidence) { Note = NoSpread }
            : Standardised(EffectMeasure.CohenD, second.Mean.Value - first.Mean.Value, pooled, scale, freedom, confidence);
    }

    /// <summary>Cohen's d and its bounds without the bias for few values, by the exact factor of Hedges (1981).</summary>
    /// <inheritdoc cref="CohenD"/>
    public static EffectSize HedgesG(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence = 0.95)
    {
        EffectSize d = CohenD(a, b, confidence);
        double half = (a.Length + b.Length - 2) / 2.0;
        // Γ(f/2) / (√(f/2)·Γ((f − 1)/2)), by the beta function of both, whose logarithm does not cancel.
        double factor = half > 0.5
            ? Math.Exp(IncompleteBeta.LogBeta(0.5, half - 0.5) * -1) * Math.Sqrt(Math.PI / half)
            : double.NaN;
        return d with
        {
            Measure = EffectMeasure.HedgesG,
            Value = d.Value * factor,
            LowerBound = d.LowerBound * factor,
            UpperBound = d.UpperBound * factor,
        };
    }

    /// <summary>
    /// The mean of differences over their standard deviation; the bounds are those of noncentral t. Differences that differ by rounding
    /// alone have no spread, and so there is no size.
    /// </summary>
    /// <param name="differences">At least two; with fewer there is no size.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    public static EffectSize CohenDz(ReadOnlySpan<double> differences, double confidence = 0.95)
    {
        Requirements.Confidence(confidence);
        if (Magnitude.Of(differences) is { IsExtreme: true } magnitude) return CohenDz(magnitude.Scale(differences), confidence);
        var moments = Moments.Of(differences);
        string? note = moments.Count < 2 ? FewDifferences
            : Rounding.IsAll(moments.StandardError, moments.Mean!.Value) ? EqualDifferences : null;
        return note is null
            ? Standardised(
                EffectMeasure.CohenDz, moments.Mean!.Value, moments.StandardDeviation!.Value, Math.Sqrt(moments.Count), moments.Count - 1,
                confidence)
            : new EffectSize(EffectMeasure.CohenDz, null, null, null, confidence) { Note = note };
    }

    /// <summary>
    /// Cliff's delta, P(b &gt; a) − P(b &lt; a), with the asymmetric bounds of Feng and Cliff (2004) from the consistent estimate of its
    /// variance and t quantiles of n + m − 2 degrees of freedom.
    /// </summary>
    /// <param name="a">At least one value; for bounds two.</param>
    /// <param name="b">At least one value; for bounds two.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    public static EffectSize CliffDelta(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence = 0.95)
    {
        Requirements.Confidence(confidence);
        var none = new EffectSize(EffectMeasure.CliffDelta, null, null, null, confidence);
        if (a.Length == 0 || b.Length == 0) return none with { Note = "one side has no values" };
        if (a.Contains(double.NaN) || b.Contains(double.NaN)) return none with { Note = "NaN among the values" };
        double[] ofA = Dominance(a, b), ofB = Dominance(b, a);
        double delta = Moments.Of(ofB).Mean!.Value;
        if (a.Length < 2 || b.Length < 2) return none with { Value = delta, Note = FewValues };
        if (Math.Abs(delta) == 1)
            return none with { Value = delta, Note = "all values of one side exceed all of the other, so that the spread is unknown" };
        double n = a.Length, m = b.Length;
        // All single comparisons are −1, 0 or 1, so that the sum of their squares is the number of those that are no ties.
        double squares = Untied(a, b) - (n * m * delta * delta);
        double ofRows = Moments.Sum(ofA, -delta, power: 2), ofColumns = Moments.Sum(ofB, delta, power: 2);
        double variance = Math.Max(
            ((m * m * ofRows) + (n * n * ofColumns) - squares) / (n * m * (n - 1) * (m - 1)), (1 - (delta * delta)) / ((n * m) - 1));
        double t = StudentT.Quantile((1 + confidence) / 2, n + m - 2), free = 1 - (delta * delta);
        double margin = t * Math.Sqrt(variance * ((free * free) + (t * t * variance))), scale = free + (t * t * variance);
        double centre = delta * free;
        return none with
        {
            Value = delta,
            LowerBound = Math.Max(-1, (centre - margin) / scale),
            UpperBound = Math.Min(1, (centre + margin) / scale),
        };
    }

    /// <summary>
    /// The odds of success of b over those of a, with the bounds of Woolf (1955). Where a number is 0, ½ is added to all of them for the
    /// bounds (Haldane 1956).
    /// </summary>
    /// <param name="successesA">Successes of a.</param>
    /// <param name="countA">Trials of a.</param>
    /// <param name="successesB">Successes of b.</param>
    /// <param name="countB">Trials of b.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    public static EffectSize OddsRatio(int successesA, int countA, int successesB, int countB, double confidence = 0.95)
    {
        Requirements.Confidence(confidence);
        foreach ((int successes, int count) in new[] { (successesA, countA), (successesB, countB) })
        {
            ArgumentOutOfRangeException.ThrowIfNegative(successes);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count);
        }

        double[] cells = [successesB, countB - successesB, successesA, countA - successesA];
        double ratio = cells[0] * cells[3] / (cells[1] * cells[2]);
        var effect = new EffectSize(EffectMeasure.OddsRatio, double.IsNaN(ratio) ? null : ratio, null, null, confidence);
        if (countA == 0 || countB == 0) return effect with { Note = "one side has no values" };
        bool hasZero = cells.Contains(0);
        if (hasZero) cells = Array.ConvertAll(cells, c => c + 0.5);
        double centre = Math.Log(cells[0] * cells[3] / (cells[1] * cells[2]));
        double margin = NormalDistribution.Quantile((1 + confidence) / 2) * Math.Sqrt(cells.Sum(c => 1 / c));
        return effect with
        {
            LowerBound = Math.Exp(centre - margin),
            UpperBound = Math.Exp(centre + margin),
            Note = hasZero ? "a number is 0, so ½ was added to all for the bounds" : null,
        };
    }

    /// <summary>
    /// The odds ratio of pairs, those in which only b succeeds over those in which only a does, with bounds from Clopper and Pearson
    /// (1934).
    /// </summary>
    /// <param name="onlyA">Pairs in which only a succeeds.</param>
    /// <param name="onlyB">Pairs in which only b succeeds.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    public static EffectSize PairedOddsRatio(int onlyA, int onlyB, double confidence = 0.95)
    {
        Requirements.Confidence(confidence);
        ArgumentOutOfRangeException.ThrowIfNegative(onlyA);
        ArgumentOutOfRangeException.ThrowIfNegative(onlyB);
        if (onlyA + onlyB == 0)
            return new EffectSize(EffectMeasure.OddsRatio, null, null, null, confidence) { Note = "no pair differs" };
        (double lower, double upper) = Binomial.ClopperPearson(onlyB, onlyA + onlyB, confidence);
        return new EffectSize(
            EffectMeasure.OddsRatio, (double)onlyB / onlyA, lower / (1 - lower), upper == 1 ? double.PositiveInfinity : upper / (1 - upper),
            confidence);
    }

    /// <summary>A difference over a spread, with t = value · scale and bounds from the noncentralities of that t.</summary>
    private static EffectSize Standardised(
        EffectMeasure measure, double difference, double spread, double scale, double freedom, double confidence)
    {
        var effect = new EffectSize(measure, null, null, null, confidence);
        if (!double.IsFinite(difference) || !double.IsFinite(spread)) return effect with { Note = "NaN or infinity among the values" };
        double value = difference / spread, t = value * scale, tail = (1 - confidence) / 2;
        return effect with { Value = value, LowerBound = Shift(1 - tail) / scale, UpperBound = Shift(tail) / scale };

        // The noncentrality below whose t a share of the distribution lies.
        double Shift(double share)
        {
            double reach = 10 + Math.Abs(t), low = t - reach, high = t + reach;
            for (; Rising(low) > 0; reach *= 2) low -= reach;
            for (; Rising(high) < 0; reach *= 2) high += reach;
            return Root.Of(Rising, low, high);

            double Rising(double shift) => share - NoncentralT.Cdf(t, freedom, shift);
        }
    }

    /// <summary>For each value, the share of the others below it less the share above.</summary>
    private static double[] Dominance(ReadOnlySpan<double> values, ReadOnlySpan<double> others)
    {
        double[] sorted = others.ToArray();
        Array.Sort(sorted);
        var dominance = new double[values.Length];
        for (int i = 0; i < dominance.Length; i++)
        {
            (int below, int upTo) = Places(sorted, values[i]);
            dominance[i] = (double)(below - (sorted.Length - upTo)) / sorted.Length;
        }

        return dominance;
    }

    private static double Untied(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] sorted = b.ToArray();
        Array.Sort(sorted);
        double untied = 0;
        foreach (double value in a)
        {
            (int below, int upTo) = Places(sorted, value);
            untied += sorted.Length - (upTo - below);
        }

        return untied;
    }

    /// <summary>How many of sorted values are below one, and how many are at most it.</summary>
    private static (int Below, int UpTo) Places(double[] sorted, double value)
    {
        return (First(v => v >= value), First(v => v > value));

        int First(Func<double, bool> holds)
        {
            int low = 0, high = sorted.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (holds(sorted[middle])) high = middle;
                else low = middle + 1;
            }

            return low;
        }
    }
}
