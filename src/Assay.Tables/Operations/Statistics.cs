using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay.Tables;

/// <summary>
/// Statistics of plain doubles. Sums run in vectors over blocks whose results are added with compensation (Neumaier), so the error does not
/// grow with the number of values; deviations are taken from the mean in a second pass.
/// </summary>
internal static class Statistics
{
    private const int Block = 256;

    public static double Sum(ReadOnlySpan<double> values) => Total(values, center: 0, squared: false);

    public static double? Mean(ReadOnlySpan<double> values)
    {
        if (values.Length == 0) return null;
        double mean = Sum(values) / values.Length;
        return double.IsInfinity(mean) && AreFinite(values) ? RunningMean(values) : mean;
    }

    /// <summary>The square root of the sample variance, which divides by n − 1; null below two values.</summary>
    public static double? StandardDeviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2) return null;
        double mean = Mean(values)!.Value;
        double rest = Total(values, mean, squared: false);
        double squares = Total(values, mean, squared: true) - rest * rest / values.Length;
        // Squares of numbers far from 1 overflow or vanish, and those of equal numbers are 0.
        return squares is > 1e-200 and < double.PositiveInfinity || !AreFinite(values)
            ? Math.Sqrt(squares / (values.Length - 1))
            : ScaledDeviation(values, mean);
    }

    private static double ScaledDeviation(ReadOnlySpan<double> values, double mean)
    {
        double farthest = 0, rest = 0, squares = 0;
        foreach (double value in values) farthest = Math.Max(farthest, Math.Abs(value / 2 - mean / 2));
        if (farthest == 0) return 0;
        foreach (double value in values)
        {
            double part = (value / 2 - mean / 2) / farthest;
            rest += part;
            squares += part * part;
        }

        return 2 * farthest * Math.Sqrt(Math.Max(0, squares - rest * rest / values.Length) / (values.Length - 1));
    }

    /// <summary>Linear interpolation between the order statistics around (n − 1)·q. Sorts the values in place.</summary>
    public static double? Quantile(Span<double> values, double q)
    {
        if (values.Length == 0) return null;
        values.Sort();
        if (double.IsNaN(values[0])) return double.NaN;
        double position = (values.Length - 1) * q;
        int below = (int)position;
        double fraction = position - below;
        if (fraction == 0 || values[below] == values[below + 1]) return values[below];
        return values[below] * (1 - fraction) + values[below + 1] * fraction;
    }

    private static double Total(ReadOnlySpan<double> values, double center, bool squared)
    {
        double sum = 0, lost = 0;
        for (int start = 0; start < values.Length; start += Block)
        {
            double part = BlockTotal(values.Slice(start, Math.Min(Block, values.Length - start)), center, squared);
            double next = sum + part;
            lost += Math.Abs(sum) >= Math.Abs(part) ? sum - next + part : part - next + sum;
            sum = next;
        }

        // With an infinity on the way the compensation is NaN and the plain sum is the answer.
        return double.IsFinite(sum) ? sum + lost : sum;
    }

    private static double BlockTotal(ReadOnlySpan<double> values, double center, bool squared)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var centers = new Vector<double>(center);
        Vector<double> even = default, odd = default;
        int i = 0;
        for (; i + 1 < vectors.Length; i += 2)
        {
            Vector<double> a = vectors[i] - centers, b = vectors[i + 1] - centers;
            even += squared ? a * a : a;
            odd += squared ? b * b : b;
        }

        double total = Vector.Sum(even + odd);
        foreach (double value in values[(i * Vector<double>.Count)..])
            total += squared ? (value - center) * (value - center) : value - center;
        return total;
    }

    private static bool AreFinite(ReadOnlySpan<double> values) => !values.ContainsAnyExceptInRange(double.MinValue, double.MaxValue);

    // Only when the sum overflows: values that large average without it.
    private static double RunningMean(ReadOnlySpan<double> values)
    {
        double mean = 0;
        for (int i = 0; i < values.Length; i++) mean += values[i] / (i + 1) - mean / (i + 1);
        return mean;
    }
}
