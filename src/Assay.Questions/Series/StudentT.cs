namespace Assay.Questions;

/// <summary>
/// Quantiles of Student's t distribution for whole degrees of freedom. Formulas: M. Abramowitz, I. A. Stegun, Handbook of Mathematical
/// Functions, 1964: 26.7.3 and 26.7.4 for the probability within ±t, 26.7.5 for the quantile at many degrees of freedom.
/// </summary>
internal static class StudentT
{
    private const double Confidence = 0.95;

    // From here on the expansion is exact to 11 digits.
    private const int Many = 100;

    /// <summary>The t for which 95 % lie within ±t.</summary>
    /// <param name="freedom">The degrees of freedom, at least 1.</param>
    public static double Quantile95(int freedom)
    {
        if (freedom > Many) return Expanded(freedom);
        double low = 0, high = Math.PI / 2;
        // As many halvings as a double has bits.
        for (int i = 0; i < 53; i++)
        {
            double middle = (low + high) / 2;
            if (Within(middle, freedom) < Confidence) low = middle;
            else high = middle;
        }

        return Math.Sqrt(freedom) * Math.Tan((low + high) / 2);
    }

    /// <summary>The probability within ±t, by the angle whose tangent is t / √ν.</summary>
    private static double Within(double angle, int freedom)
    {
        bool isOdd = freedom % 2 == 1;
        double cosine = Math.Cos(angle), term = isOdd ? cosine : 1, sum = freedom == 1 ? 0 : term;
        for (int k = isOdd ? 3 : 2; k <= freedom - 2; k += 2)
        {
            term *= cosine * cosine * (k - 1) / k;
            sum += term;
        }

        return isOdd ? (angle + (Math.Sin(angle) * sum)) * 2 / Math.PI : Math.Sin(angle) * sum;
    }

    private static double Expanded(double freedom)
    {
        // The normal quantile: 95 % lie within ±x.
        const double x = 1.959963984540054;
        double x2 = x * x;
        double g1 = x * (x2 + 1) / 4;
        double g2 = x * ((((5 * x2) + 16) * x2) + 3) / 96;
        double g3 = x * ((((((3 * x2) + 19) * x2) + 17) * x2) - 15) / 384;
        double g4 = x * ((((((((79 * x2) + 776) * x2) + 1482) * x2) - 1920) * x2) - 945) / 92160;
        return x + ((g1 + ((g2 + ((g3 + (g4 / freedom)) / freedom)) / freedom)) / freedom);
    }
}
