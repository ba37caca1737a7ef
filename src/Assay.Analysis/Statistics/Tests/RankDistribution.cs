namespace Assay.Analysis;

/// <summary>
/// The exact distribution of a sum of ranks, found by adding one rank after the other (the shift algorithm of Streitberg and Röhmel 1986).
/// Ranks are doubled, so that tied ones are whole.
/// </summary>
/// <param name="weights">How likely each sum is, in any unit.</param>
internal sealed class RankDistribution(double[] weights)
{
    /// <summary>Up to so many values on a side tests take this distribution, and the normal one above.</summary>
    public const int MostExact = 50;

    private readonly double _total = weights.Sum();

    /// <summary>Each rank belongs to a positive difference or to a negative one, with equal probability.</summary>
    public static RankDistribution SignedRank(ReadOnlySpan<int> doubled)
    {
        var weights = new double[Sum(doubled) + 1];
        weights[0] = 1;
        foreach (int rank in doubled)
            for (int sum = weights.Length - 1; sum >= rank; sum--) weights[sum] += weights[sum - rank];
        return new RankDistribution(weights);
    }

    /// <summary>Any choice of some of the ranks has the same probability.</summary>
    public static RankDistribution RankSum(ReadOnlySpan<int> doubled, int chosen)
    {
        int size = Sum(doubled) + 1;
        var weights = new double[chosen + 1][];
        for (int k = 0; k <= chosen; k++) weights[k] = new double[size];
        weights[0][0] = 1;
        foreach (int rank in doubled)
            for (int k = chosen; k > 0; k--)
                for (int sum = size - 1; sum >= rank; sum--) weights[k][sum] += weights[k - 1][sum - rank];
        return new RankDistribution(weights[chosen]);
    }

    /// <summary>Twice the smaller of the two tails that hold a doubled sum, at most 1.</summary>
    public double TwoSided(int sum) => Math.Min(1, 2 * Math.Min(Tail(0, sum), Tail(sum, weights.Length - 1)) / _total);

    /// <summary>The largest doubled sum below which less than a probability lies, with that which is not below it.</summary>
    public int Quantile(double probability)
    {
        double below = 0;
        for (int sum = 0; ; sum++)
        {
            below += weights[sum];
            if (below / _total >= probability) return sum;
        }
    }

    private double Tail(int from, int to)
    {
        double weight = 0;
        for (int sum = from; sum <= to; sum++) weight += weights[sum];
        return weight;
    }

    private static int Sum(ReadOnlySpan<int> ranks)
    {
        int sum = 0;
        foreach (int rank in ranks) sum += rank;
        return sum;
    }
}
