namespace Assay.Analysis;

/// <summary>
/// The regularised incomplete beta function. That of MathNet takes x alone and so loses all digits of 1 − x where x is near 1, and its
/// logarithms of gamma functions cancel for large parameters: 1e-7 is left of t probabilities with 1e7 degrees of freedom.
/// </summary>
internal static class IncompleteBeta
{
    private const double Tiny = 1e-300;

    /// <summary>I_x(a, b) by its continued fraction (DLMF 8.17.22, evaluated by Lentz's method).</summary>
    /// <param name="a">More than 0.</param>
    /// <param name="b">More than 0.</param>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="y">1 − x, without the rounding of that difference.</param>
    public static double Regularised(double a, double b, double x, double y)
    {
        if (x <= 0) return 0;
        if (y <= 0) return 1;
        return x > (a + 1) / (a + b + 2) ? 1 - Lower(b, a, y, x) : Lower(a, b, x, y);
    }

    /// <summary>ln B(a, b), by Stirling's series after both are raised to where it holds all digits.</summary>
    public static double LogBeta(double a, double b)
    {
        const double Enough = 16;
        double factor = 1;
        for (; a < Enough; a++) factor *= (a + b) / a;
        for (; b < Enough; b++) factor *= (a + b) / b;
        return Math.Log(factor) + Stirling(a) + Stirling(b) - Stirling(a + b) + (0.5 * Math.Log(2 * Math.PI / a))
            + (a * -Log1P(b / a)) + ((b - 0.5) * -Log1P(a / b));
    }

    /// <summary>ln(1 + x) without the rounding of that sum.</summary>
    public static double Log1P(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>I_x(a, b) − I_x(a + 1, b), which is x^a·(1 − x)^b / (a·B(a, b)) (DLMF 8.17.20).</summary>
    /// <inheritdoc cref="Regularised"/>
    public static double Step(double a, double b, double x, double y)
    {
        double logX = x < y ? Math.Log(x) : Log1P(-y), logY = y < x ? Math.Log(y) : Log1P(-x);
        return Math.Exp((a * logX) + (b * logY) - LogBeta(a, b)) / a;
    }

    private static double Lower(double a, double b, double x, double y)
    {
        double c = 1, d = 1 / NotZero(1 - ((a + b) * x / (a + 1))), fraction = d;
        for (int m = 1; m < 100_000; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16) break;
        }

        return Step(a, b, x, y) * fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    // The rest of ln Γ(x) beyond (x − ½) ln x − x + ½ ln 2π.
    private static double Stirling(double x)
    {
        double s = 1 / (x * x);
        return (1.0 / 12 - (s * (1.0 / 360 - (s * (1.0 / 1260 - (s * (1.0 / 1680 - (s * (1.0 / 1188))))))))) / x;
    }
}
