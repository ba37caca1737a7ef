namespace Assay.Analysis;

/// <summary>What is left between equal numbers by the rounding of doubles.</summary>
internal static class Rounding
{
    private const int BitsAfterPoint = 52;

    /// <summary>Whether a standard error is rounding alone beside the means it belongs to; "essentially constant" in R's t.test.</summary>
    public static bool IsAll(double error, params ReadOnlySpan<double> means)
    {
        double most = 0;
        foreach (double mean in means) most = Math.Max(most, Math.Abs(mean));
        return error <= 10 * Math.ScaleB(most, -BitsAfterPoint);
    }

    /// <summary>
    /// By how much a difference of two numbers may be off, when they were rounded and perhaps added up from a few others before.
    /// </summary>
    public static double OfDifference(double a, double b) => Math.ScaleB(Math.Max(Math.Abs(a), Math.Abs(b)), -48);

    /// <summary>By how much two sums of the same numbers in other orders or with other signs may differ where they are equal.</summary>
    /// <param name="count">How many numbers are added.</param>
    /// <param name="sum">The sum of their sizes.</param>
    /// <param name="source">The sum of the sizes of what they were made from by one subtraction.</param>
    public static double OfSum(int count, double sum, double source) => Math.ScaleB((count * sum) + source, -BitsAfterPoint);
}
