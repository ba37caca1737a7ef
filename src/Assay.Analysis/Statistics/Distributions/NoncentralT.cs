using MathNet.Numerics;

namespace Assay.Analysis;

/// <summary>
/// Student's t distribution around a shifted centre: the series of Lenth (1989, algorithm AS 243), added up from its largest weight to both
/// sides (Benton and Krishnamoorthy 2003), since the first one vanishes for a shift above 37.6.
/// </summary>
internal static class NoncentralT
{
    private const double MostShift = 2000, MostFreedom = 4e5;

    /// <summary>
    /// P(T ≤ t), with an absolute error below 1e-9. It is below 1e-4 beyond 400,000 degrees of freedom, where the approximation of
    /// Abramowitz and Stegun 26.7.10 is taken (1e-7 for a shift up to 100), and beyond 10,000 of them with a shift above 2,000.
    /// </summary>
    /// <param name="t">The value.</param>
    /// <param name="freedom">Degrees of freedom, more than 0.</param>
    /// <param name="shift">The noncentrality.</param>
    public static double Cdf(double t, double freedom, double shift)
    {
        if (t < 0) return 1 - Cdf(-t, freedom, -shift);
        if (shift == 0) return StudentT.Cdf(t, freedom);
        if (freedom > MostFreedom)
        {
            double narrow = 1 / (4 * freedom);
            return NormalDistribution.Cdf(((t * (1 - narrow)) - shift) / Math.Sqrt(1 + (t * t * 2 * narrow)));
        }

        double ratio = t * t / freedom, x = ratio / (1 + ratio), y = 1 / (1 + ratio);
        double below = NormalDistribution.Cdf(-shift);
        if (x == 0) return below;
        return Math.Abs(shift) > MostShift ? OfFar(t, freedom, shift) : Math.Clamp(below + Series(x, y, freedom / 2, shift), 0, 1);
    }

    /// <summary>
    /// The mean of P(S ≥ (Z + shift) / t) over normal Z, by the three nodes of Gauss and Hermite; S is a standard deviation.
    /// </summary>
    private static double OfFar(double t, double freedom, double shift)
    {
        return (Above(shift - Math.Sqrt(3)) + (4 * Above(shift)) + Above(shift + Math.Sqrt(3))) / 6;

        double Above(double numerator) => numerator <= 0 ? 1
            : SpecialFunctions.GammaUpperRegularized(freedom / 2, freedom / 2 * (numerator / t) * (numerator / t));
    }

    private static double Series(double x, double y, double b, double shift)
    {
        double half = shift * shift / 2, middle = Math.Floor(half);
        // The weights of the even terms are those of Poisson's distribution, which add up to 1; here the largest of them is 1.
        (double even, double weights) = Terms(middle + 0.5, 1);
        (double odd, _) = Terms(middle + 1, Math.Abs(shift) / Math.Sqrt(2 * Math.PI) * Math.Exp(IncompleteBeta.LogBeta(middle + 1, 0.5)));
        return (even + Math.CopySign(odd, shift)) / (2 * weights);

        // Every second term, I_x(a, b) times a weight, from one in the middle up and down until the weights vanish.
        (double Sum, double Weights) Terms(double first, double weight)
        {
            const double Least = 1e-20;
            double value = IncompleteBeta.Regularised(first, b, x, y), step = IncompleteBeta.Step(first, b, x, y), sum = 0, all = 0;
            (double a, double w, double v, double s) = (first, weight, value, step);
            for (; w > Least; a++)
            {
                (sum, all) = (sum + (w * v), all + w);
                v -= s;
                s *= x * (a + b) / (a + 1);
                w *= half / (a + 0.5);
            }

            (a, w, v, s) = (first, weight, value, step);
            for (; a > 1 && w > Least; a--)
            {
                w *= (a - 0.5) / half;
                s *= a / (x * (a - 1 + b));
                v += s;
                (sum, all) = (sum + (w * v), all + w);
            }

            return (sum, all);
        }
    }
}
