using MathNet.Numerics.Distributions;

namespace Assay.Analysis;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    public static double Cdf(double x) => Normal.CDF(0, 1, x);

    public static double Quantile(double p) => Normal.InvCDF(0, 1, p);

    /// <summary>The probability of being at least as far from 0 as a value.</summary>
    public static double TwoSided(double z) => Math.Min(1, 2 * Cdf(-Math.Abs(z)));
}
