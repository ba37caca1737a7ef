namespace Assay;

/// <summary>
/// Exponential and logarithm computed with +, −, × and ÷, which IEEE 754 rounds exactly. <see cref="Math.Exp"/> and
/// <see cref="Math.Log(double)"/> call the library of the platform and may differ in the last bit; a drawn parameter, and with it a
/// run, would have another identity on another machine. The error is below 2 units in the last place.
/// </summary>
internal static class StableMath
{
    // ln 2 in two parts. The first has 32 trailing zero bits, so that its product with an exponent is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700;
    private const double SqrtHalf = 0.70710678118654752440;

    /// <summary>Returns e to the power <paramref name="x"/>: x = k·ln 2 + r with |r| ≤ ln 2 / 2, and a Taylor series for eʳ.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.782712893384) return double.PositiveInfinity;
        if (x < -745.133219101941) return 0;
        double k = Math.Floor(x * InverseLn2 + 0.5);
        double high = x - k * Ln2High, low = k * Ln2Low, r = high - low;
        double residue = high - r - low;

        double sum = 0;
        for (int i = 14; i >= 3; i--) sum = (sum + 1) * r / i;
        double square = r * r * 0.5;
        double tail = square + square * sum + residue;
        return Math.ScaleB(1 + (r + tail), (int)k);
    }

    /// <summary>Returns the natural logarithm of <paramref name="x"/>: x = 2ᵏ·m with m near 1 and ln m = 2·artanh((m−1)/(m+1)).</summary>
    public static double Log(double x)
    {
        if (!(x > 0)) return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x)) return x;
        int k = Math.ILogB(x) + 1;
        double m = Math.ScaleB(x, -k);
        if (m < SqrtHalf) (m, k) = (m * 2, k - 1);

        double f = m - 1, s = f / (2 + f), z = s * s, sum = 0;
        for (int i = 25; i >= 3; i -= 2) sum = (sum + 1.0 / i) * z;
        double half = f * f * 0.5;
        return k * Ln2High - ((half - (s * (half + 2 * sum) + k * Ln2Low)) - f);
    }
}
