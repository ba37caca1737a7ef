namespace Assay.Analysis;

/// <summary>The binomial distribution.</summary>
internal static class Binomial
{
    /// <summary>The two-sided p-value of at most k successes in n trials with probability ½.</summary>
    public static double TwoSidedHalf(int least, int count) =>
        2 * least >= count ? 1 : Math.Min(1, 2 * IncompleteBeta.Regularised(count - least, least + 1, 0.5, 0.5));

    /// <summary>The bounds of Clopper and Pearson (1934) for the probability of success.</summary>
    public static (double Lower, double Upper) ClopperPearson(int successes, int count, double confidence)
    {
        double tail = (1 - confidence) / 2;
        return (
            successes == 0 ? 0 : Solve(p => IncompleteBeta.Regularised(successes, count - successes + 1, p, 1 - p) - tail),
            successes == count ? 1 : Solve(p => tail - IncompleteBeta.Regularised(count - successes, successes + 1, 1 - p, p)));
    }

    private static double Solve(Func<double, double> rising) => Root.Of(rising, 0, 1);
}
