namespace Assay.Analysis;

/// <summary>
/// Student's t distribution with any positive degrees of freedom. MathNet's quantile misses 1e-9 for many degrees of freedom and does not
/// converge in the tails.
/// </summary>
internal static class StudentT
{
    /// <summary>P(T ≤ t).</summary>
    public static double Cdf(double t, double freedom) => t < 0 ? Upper(-t, freedom) : 1 - Upper(t, freedom);

    /// <summary>P(|T| ≥ |t|).</summary>
    public static double TwoSided(double t, double freedom) => Math.Min(1, 2 * Upper(Math.Abs(t), freedom));

    /// <summary>The value below which a share of the distribution lies.</summary>
    public static double Quantile(double p, double freedom) =>
        p < 0.5 ? -UpperQuantile(p, freedom) : p == 0.5 ? 0 : UpperQuantile(1 - p, freedom);

    /// <summary>P(T ≥ t) for t of at least 0.</summary>
    private static double Upper(double t, double freedom)
    {
        double ratio = t * t / freedom;
        return double.IsInfinity(ratio) ? 0
            : 0.5 * IncompleteBeta.Regularised(freedom / 2, 0.5, 1 / (1 + ratio), ratio / (1 + ratio));
    }

    private static double Density(double t, double freedom) => Math.Exp(
        -IncompleteBeta.LogBeta(freedom / 2, 0.5) - (0.5 * Math.Log(freedom))
        - ((freedom + 1) / 2 * IncompleteBeta.Log1P(t * t / freedom)));

    /// <summary>The t with P(T ≥ t) = p, by Newton's method on the logarithm of the probability, kept within bounds.</summary>
    private static double UpperQuantile(double p, double freedom)
    {
        double low = 0, high = 1;
        while (Upper(high, freedom) > p) (low, high) = (high, high * 2);
        double t = (low + high) / 2;
        for (int i = 0; i < 200; i++)
        {
            double tail = Upper(t, freedom);
            if (tail > p) low = t;
            else high = t;
            double step = Math.Log(tail / p) * tail / Density(t, freedom);
            // Far out the probability is a power of t, so that its logarithm is straight over that of t.
            double next = t > 1 ? t * Math.Exp(step / t) : t + step;
            if (!(next > low && next < high)) next = low + ((high - low) / 2);
            if (Math.Abs(next - t) <= 1e-16 * t || high - low <= 1e-16 * high) return next;
            t = next;
        }

        return t;
    }
}
