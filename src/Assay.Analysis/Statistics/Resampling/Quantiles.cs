namespace Assay.Analysis;

/// <summary>Quantiles by linear interpolation between the order statistics around (n − 1)·q (R's type 7), as tables have them.</summary>
internal static class Quantiles
{
    public static double Of(ReadOnlySpan<double> sorted, double q)
    {
        double position = (sorted.Length - 1) * q;
        int below = (int)position;
        double fraction = position - below;
        return fraction == 0 ? sorted[below] : sorted[below] + (fraction * (sorted[below + 1] - sorted[below]));
    }
}
