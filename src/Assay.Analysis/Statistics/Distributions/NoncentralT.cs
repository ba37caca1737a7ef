namespace Assay.Analysis;

/// <summary>Student's t distribution around a shifted centre (Lenth 1989, algorithm AS 243).</summary>
internal static class NoncentralT
{
    // Beyond it the first weight of the series vanishes.
    private const double MostShift = 37.62;

    /// <summary>P(T ≤ t), with an error of about 1e-12.</summary>
    /// <param name="t">The value.</param>
    /// <param name="freedom">Degrees of freedom, more than 0.</param>
    /// <param name="shift">The noncentrality; beyond 37.6 the approximation of Abramowitz and Stegun 26.7.10 is used.</param>
    public static double Cdf(double t, double freedom, double shift)
    {
        if (t < 0) return 1 - Cdf(-t, freedom, -shift);
        if (shift == 0) return StudentT.Cdf(t, freedom);
        if (Math.Abs(shift) > MostShift || freedom > 4e5)
        {
            double narrow = 1 / (4 * freedom);
            return NormalDistribution.Cdf(((t * (1 - narrow)) - shift) / Math.Sqrt(1 + (t * t * 2 * narrow)));
        }

        double ratio = t * t / freedom, x = ratio / (1 + ratio), y = 1 / (1 + ratio);
        double below = NormalDistribution.Cdf(-shift);
        return x == 0 ? below : Math.Clamp(below + Series(x, y, freedom / 2, shift), 0, 1);
    }

    private static double Series(double x, double y, double b, double shift)
    {
        double half = shift * shift / 2;
        double p = 0.5 * Math.Exp(-half), q = Math.Sqrt(2 / Math.PI) * p * shift, rest = 0.5 - p, sum = 0;
        double even = IncompleteBeta.Regularised(0.5, b, x, y), odd = -double.ExpM1(b * Math.Log(y));
        double evenStep = Math.Exp((0.5 * Math.Log(x)) + (b * Math.Log(y)) - IncompleteBeta.LogBeta(0.5, b)) / 0.5;
        double oddStep = b * x * Math.Exp(b * Math.Log(y));
        for (int j = 0; j < 5000; j++)
        {
            sum += (p * even) + (q * odd);
            if (j > half && 2 * rest * even < 1e-14) break;
            even -= evenStep;
            odd -= oddStep;
            evenStep *= x * (j + 0.5 + b) / (j + 1.5);
            oddStep *= x * (j + 1 + b) / (j + 2);
            p *= half / (j + 1);
            q *= half / (j + 1.5);
            rest -= p;
        }

        return sum;
    }
}
