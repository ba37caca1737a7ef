using System.Collections;

namespace Assay.Analysis.Figures;

/// <summary>Which of many points have to be drawn so that the picture is the same.</summary>
internal static class Decimation
{
    /// <summary>So few points are drawn as they are.</summary>
    public const int Few = 4_000;

    /// <summary>
    /// The points of a line that goes from left to right: of each column of pixels the first, the lowest, the highest and the last one.
    /// All points of a line that turns back.
    /// </summary>
    /// <param name="x">Places from 0 to 1.</param>
    /// <param name="y">Places from 0 to 1.</param>
    /// <param name="columns">The number of columns.</param>
    public static int[] OfLine(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int columns)
    {
        if (x.Length <= Math.Max(Few, 4 * columns) || !IsAscending(x)) return All(x.Length);
        var kept = new List<int>(4 * columns);
        for (int start = 0; start < x.Length;)
        {
            int column = (int)(x[start] * columns), low = start, high = start, end = start;
            for (; end < x.Length && (int)(x[end] * columns) == column; end++)
            {
                if (y[end] < y[low]) low = end;
                if (y[end] > y[high]) high = end;
            }

            (int first, int second) = low < high ? (low, high) : (high, low);
            foreach (int at in (ReadOnlySpan<int>)[start, first, second, end - 1])
                if (kept.Count == 0 || kept[^1] < at) kept.Add(at);
            start = end;
        }

        return [.. kept];
    }

    /// <summary>The first of all points on each pixel.</summary>
    /// <param name="x">Places from 0 to 1.</param>
    /// <param name="y">Places from 0 to 1.</param>
    /// <param name="columns">The number of columns of pixels.</param>
    /// <param name="rows">The number of rows of pixels.</param>
    public static int[] OfPoints(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int columns, int rows)
    {
        if (x.Length <= Few) return All(x.Length);
        var taken = new BitArray((columns + 1) * (rows + 1));
        var kept = new List<int>();
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] is < 0 or > 1 || y[i] is < 0 or > 1) continue;
            int pixel = ((int)(y[i] * rows) * (columns + 1)) + (int)(x[i] * columns);
            if (taken[pixel]) continue;
            taken[pixel] = true;
            kept.Add(i);
        }

        return [.. kept];
    }

    private static int[] All(int count) => [.. Enumerable.Range(0, count)];

    private static bool IsAscending(ReadOnlySpan<double> x)
    {
        for (int i = 1; i < x.Length; i++)
            if (x[i] < x[i - 1]) return false;
        return true;
    }
}
