using System.Numerics;
using MathNet.Numerics;

namespace Assay.Analysis;

/// <summary>How far two columns of numbers rise together, whatever the shape of the curve. Immutable.</summary>
/// <param name="Value">From −1 to 1; null with fewer than two pairs or where a side does not vary.</param>
/// <param name="LowerBound">The lower bound; null with few pairs.</param>
/// <param name="UpperBound">The upper bound; null with few pairs.</param>
/// <param name="PValue">The two-sided p-value of no correlation; null without a value.</param>
/// <param name="Count">The number of pairs.</param>
/// <param name="Confidence">The share of such intervals that hold the true correlation.</param>
public sealed record RankCorrelation(
    double? Value, double? LowerBound, double? UpperBound, double? PValue, int Count, double Confidence)
{
    private const int MostExact = 9;

    /// <summary>
    /// Spearman's correlation, that of the ranks; ties have the middle of theirs. The p-value is exact up to nine pairs, twice the smaller
    /// tail among all orders of one side, and that of t with n − 2 degrees of freedom above, though no less than 2/n!. The bounds are
    /// Fisher's with the standard error √((1 + r²/2) / (n − 3)) of Bonett and Wright (2000), from four pairs on.
    /// </summary>
    /// <param name="x">One side.</param>
    /// <param name="y">The other one, each at the place of its partner.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the confidence is out of range.</exception>
    public static RankCorrelation Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double confidence = 0.95)
    {
        if (!HasOrder(x, y, confidence)) return None(x.Length, confidence);
        int[] doubledX = Ranks.Of(x.ToArray()).Doubled, doubledY = Ranks.Of(y.ToArray()).Doubled;
        double[] ranksX = Array.ConvertAll(doubledX, r => (double)r), ranksY = Array.ConvertAll(doubledY, r => (double)r);
        double mean = x.Length + 1, products = 0;
        for (int i = 0; i < ranksX.Length; i++) products += (ranksX[i] - mean) * (ranksY[i] - mean);
        double value = products / Math.Sqrt(Moments.Sum(ranksX, mean, power: 2) * Moments.Sum(ranksY, mean, power: 2));
        double p = x.Length > MostExact ? Approximate(value, x.Length)
            : Exact(x.Length, (next, place, _) => doubledX[next] * doubledY[place]);
        return Bounded(value, p, x.Length, confidence, least: 4, Math.Sqrt((1 + (value * value / 2)) / (x.Length - 3)));
    }

    /// <summary>
    /// Kendall's tau-b, counted in O(n log n) by merging (Knight 1966). The p-value is exact up to nine pairs, twice the smaller tail
    /// among all orders of one side, and that of the normal distribution with the variance under ties above; the bounds are Fisher's with
    /// the standard error √(0.437 / (n − 4)) of Fieller, Hartley and Pearson (1957), from five pairs on.
    /// </summary>
    /// <inheritdoc cref="Spearman"/>
    public static RankCorrelation Kendall(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double confidence = 0.95)
    {
        if (!HasOrder(x, y, confidence)) return None(x.Length, confidence);
        double n = x.Length, pairs = n * (n - 1) / 2;
        (Ties ofX, Ties ofY) = (Ties.Of(x), Ties.Of(y));
        double score = Score(x.ToArray(), y.ToArray(), pairs - ofX.Pairs - ofY.Pairs);
        double value = score / Math.Sqrt((pairs - ofX.Pairs) * (pairs - ofY.Pairs));
        double variance = ((n * (n - 1) * ((2 * n) + 5)) - ofX.Fives - ofY.Fives) / 18;
        variance += 2 * ofX.Pairs * ofY.Pairs / (n * (n - 1));
        if (n > 2) variance += ofX.Threes * ofY.Threes / (9 * n * (n - 1) * (n - 2));
        (double[] valuesX, double[] valuesY) = (x.ToArray(), y.ToArray());
        double p = x.Length <= MostExact ? Exact(x.Length, Concordance) : NormalDistribution.TwoSided(score / Math.Sqrt(variance));
        return Bounded(value, p, x.Length, confidence, least: 5, Math.Sqrt(0.437 / (n - 4)));

        int Concordance(int next, int place, int[] places)
        {
            int sum = 0;
            for (int i = 0; i < next; i++) sum += valuesX[next].CompareTo(valuesX[i]) * valuesY[place].CompareTo(valuesY[places[i]]);
            return sum;
        }
    }

    /// <summary>Twice the smaller tail among all orders of one side.</summary>
    /// <param name="count">The number of pairs.</param>
    /// <param name="added">
    /// What the next value of x adds to the statistic when it is paired with a value of y, where those before it are paired already.
    /// </param>
    private static double Exact(int count, Func<int, int, int[], int> added)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        int observed = places.Sum(i => added(i, i, places));
        double all = 0, above = 0, below = 0;
        places = new int[count];
        Place(0, (1 << count) - 1, 0);
        return Math.Min(1, 2 * Math.Min(above, below) / all);

        void Place(int next, int free, int sum)
        {
            if (next == count)
            {
                all++;
                if (sum >= observed) above++;
                if (sum <= observed) below++;
            }

            for (int rest = free; rest != 0; rest &= rest - 1)
            {
                places[next] = BitOperations.TrailingZeroCount(rest);
                Place(next + 1, free & ~(1 << places[next]), sum + added(next, places[next], places));
            }
        }
    }

    private static double Approximate(double value, int count)
    {
        double freedom = count - 2, rest = 1 - (value * value);
        double p = rest <= 0 ? 0 : StudentT.TwoSided(value * Math.Sqrt(freedom / rest), freedom);
        return Math.Max(p, 2 / SpecialFunctions.Factorial(count));
    }

    private static bool HasOrder(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double confidence)
    {
        Requirements.Confidence(confidence);
        Requirements.SameLength(x.Length, y.Length, "values of x", "values of y");
        return x.Length >= 2 && x.ContainsAnyExcept(x[0]) && y.ContainsAnyExcept(y[0])
            && !x.Contains(double.NaN) && !y.Contains(double.NaN);
    }

    private static RankCorrelation None(int count, double confidence) => new(null, null, null, null, count, confidence);

    private static RankCorrelation Bounded(double value, double p, int count, double confidence, int least, double error)
    {
        value = Math.Clamp(value, -1, 1);
        var correlation = new RankCorrelation(value, null, null, p, count, confidence);
        if (count < least || Math.Abs(value) == 1) return correlation;
        double margin = NormalDistribution.Quantile((1 + confidence) / 2) * error, centre = Math.Atanh(value);
        return correlation with { LowerBound = Math.Tanh(centre - margin), UpperBound = Math.Tanh(centre + margin) };
    }

    /// <summary>The pairs in the same order less those in the opposite one.</summary>
    private static double Score(double[] x, double[] y, double untied)
    {
        int[] order = [.. Enumerable.Range(0, x.Length).OrderBy(i => x[i]).ThenBy(i => y[i])];
        double tiedInBoth = 0;
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && x[order[to]] == x[order[from]] && y[order[to]] == y[order[from]];) to++;
            tiedInBoth += (to - from) * (to - from - 1.0) / 2;
        }

        double[] sorted = [.. order.Select(i => y[i])];
        return untied + tiedInBoth - (2 * Exchanges(sorted, new double[sorted.Length]));
    }

    /// <summary>Sorts by merging, and counts the pairs that were in the wrong order.</summary>
    private static double Exchanges(Span<double> values, Span<double> buffer)
    {
        if (values.Length < 2) return 0;
        int middle = values.Length / 2;
        double exchanges = Exchanges(values[..middle], buffer[..middle]) + Exchanges(values[middle..], buffer[middle..]);
        int left = 0, right = middle;
        for (int i = 0; i < values.Length; i++)
        {
            bool isLeft = right == values.Length || (left < middle && values[left] <= values[right]);
            if (!isLeft) exchanges += middle - left;
            buffer[i] = values[isLeft ? left++ : right++];
        }

        buffer.CopyTo(values);
        return exchanges;
    }

    /// <summary>Sums over groups of t tied values: pairs t(t − 1)/2, t(t − 1)(t − 2), and t(t − 1)(2t + 5).</summary>
    private readonly record struct Ties(double Pairs, double Threes, double Fives)
    {
        public static Ties Of(ReadOnlySpan<double> values)
        {
            double[] sorted = values.ToArray();
            Array.Sort(sorted);
            var ties = new Ties(0, 0, 0);
            for (int from = 0, to; from < sorted.Length; from = to)
            {
                for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from];) to++;
                double t = to - from, pairs = t * (t - 1);
                ties = new Ties(ties.Pairs + (pairs / 2), ties.Threes + (pairs * (t - 2)), ties.Fives + (pairs * ((2 * t) + 5)));
            }

            return ties;
        }
    }
}
