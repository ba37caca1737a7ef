namespace Assay.Analysis.Figures;

/// <summary>Quantiles by linear interpolation between the order statistics around (n − 1)·q (R's type 7), as tables have them.</summary>
internal static class Quantiles
{
    public static double Of(ReadOnlySpan<double> sorted, double q)
    {
        double at = (sorted.Length - 1) * q;
        int low = (int)at;
        double share = at - low;
        return share == 0 ? sorted[low] : (sorted[low] * (1 - share)) + (sorted[low + 1] * share);
    }
}
