using System.Globalization;

namespace Assay.Analysis;

/// <summary>
/// Corrections of p-values for the number of comparisons, as R's <c>p.adjust</c>, in which NaN does not count and stays; and their text.
/// </summary>
public static class PValues
{
    /// <summary>A p-value for people, with four decimals: <c>0.0123</c>, <c>&lt; 0.0001</c>; empty where there is none.</summary>
    public static string Text(double? pValue) =>
        pValue is < 0.0001 ? "< 0.0001" : pValue?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Bounds the probability of any false discovery (Holm 1979). Results are in the order of the p-values.</summary>
    public static double[] Holm(ReadOnlySpan<double> pValues)
    {
        (double[] adjusted, int[] order) = Ordered(pValues);
        double most = 0;
        for (int i = 0; i < order.Length; i++)
            adjusted[order[i]] = most = Math.Max(most, Math.Min(1, (order.Length - i) * adjusted[order[i]]));
        return adjusted;
    }

    /// <summary>
    /// Bounds the expected share of false ones among the discoveries (Benjamini and Hochberg 1995), for independent or positively dependent
    /// p-values. Results are in the order of the p-values.
    /// </summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> pValues)
    {
        (double[] adjusted, int[] order) = Ordered(pValues);
        double least = 1;
        for (int i = order.Length - 1; i >= 0; i--)
            adjusted[order[i]] = least = Math.Min(least, (double)order.Length / (i + 1) * adjusted[order[i]]);
        return adjusted;
    }

    private static (double[] Copy, int[] Order) Ordered(ReadOnlySpan<double> pValues)
    {
        double[] copy = pValues.ToArray();
        foreach (double p in copy)
            if (p is < 0 or > 1) throw new ArgumentException($"{p} is no p-value; expected numbers from 0 to 1, or NaN for none.");
        return (copy, [.. Enumerable.Range(0, copy.Length).Where(i => !double.IsNaN(copy[i])).OrderBy(i => copy[i])]);
    }
}
