namespace Assay;

/// <summary>Exp and log from exactly rounded operations: those of a platform's library may differ in the last bit. Within 2 ulp.</summary>
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

/// <summary>The inverse normal distribution function, the same bits everywhere: AS 241, PPND16 (Wichura 1988), about 10⁻¹⁶.</summary>
internal static class NormalQuantile
{
    /// <summary>The quantile at the centre of the interval given by the upper 52 bits. Always finite, and symmetric around 0.</summary>
    public static double FromBits(ulong bits) => At(((bits >> 12) + 0.5) * (1.0 / (1UL << 52)));

    /// <summary>The quantile at probability <paramref name="p"/>, 0 &lt; p &lt; 1.</summary>
    public static double At(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double c = 0.180625 - q * q;
            return q * Ratio(c, CentreTop, CentreBottom);
        }
        double tail = Math.Sqrt(-StableMath.Log(q < 0 ? p : 1 - p));
        double x = tail <= 5 ? Ratio(tail - 1.6, MiddleTop, MiddleBottom) : Ratio(tail - 5, FarTop, FarBottom);
        return q < 0 ? -x : x;
    }

    private static double Ratio(double r, ReadOnlySpan<double> top, ReadOnlySpan<double> bottom) => Horner(r, top) / Horner(r, bottom);

    private static double Horner(double r, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        foreach (double c in coefficients) sum = sum * r + c;
        return sum;
    }

    // Coefficients in descending order of powers.
    private static ReadOnlySpan<double> CentreTop =>
    [
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
        1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0,
    ];

    private static ReadOnlySpan<double> CentreBottom =>
    [
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
        5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0,
    ];

    private static ReadOnlySpan<double> MiddleTop =>
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
        3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0,
    ];

    private static ReadOnlySpan<double> MiddleBottom =>
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0,
    ];

    private static ReadOnlySpan<double> FarTop =>
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0,
    ];

    private static ReadOnlySpan<double> FarBottom =>
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
    ];
}
