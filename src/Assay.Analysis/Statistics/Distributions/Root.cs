namespace Assay.Analysis;

/// <summary>Where a rising function is 0.</summary>
internal static class Root
{
    /// <summary>By halving, until the bounds are neighbours or their distance is below 1e-15 of them.</summary>
    public static double Of(Func<double, double> rising, double low, double high)
    {
        for (int i = 0; i < 2000; i++)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high || high - low <= 1e-15 * Math.Abs(middle)) return middle;
            if (rising(middle) < 0) low = middle;
            else high = middle;
        }

        return low;
    }
}
