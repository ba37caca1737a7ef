using System.Globalization;
using System.Numerics;

namespace Assay.Messages;

/// <summary>Numbers of records by value: whole ones exactly, whatever their size, decimals exactly, others as doubles.</summary>
public static class NumberOrder
{
    // The first whole number that has a neighbour which is the same double.
    private const double FirstUnsure = 1L << 53;

    /// <summary>As <see cref="IComparable.CompareTo"/>; null when one is no number, or NaN.</summary>
    public static int? Compare(object? a, object? b)
    {
        if (!FieldNames.TryNumber(a, out double x) || !FieldNames.TryNumber(b, out double y) || double.IsNaN(x) || double.IsNaN(y)) return null;
        return x != y ? x.CompareTo(y) : Tie(x, a, b);
    }

    /// <summary>The order of two numbers that are the same as doubles, which cannot tell decimals and large whole numbers apart.</summary>
    public static int Tie(double same, object? a, object? b) => Math.Abs(same) < FirstUnsure && a is not decimal && b is not decimal ? 0 : Close(a!, b!);

    /// <summary>The nearest double: that of the digits, which the framework's own conversion misses by one here and there.</summary>
    public static double Nearest(decimal value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static int Close(object a, object b)
    {
        if (Whole(a) is { } one && Whole(b) is { } other) return one.CompareTo(other);
        return Exact(a) is { } left && Exact(b) is { } right ? left.CompareTo(right) : 0;
    }

    private static BigInteger? Whole(object value) => value switch
    {
        double or float => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var real && double.IsInteger(real) ? new BigInteger(real) : null,
        decimal exact => decimal.IsInteger(exact) ? new BigInteger(exact) : null,
        _ => FieldNames.Integer(value),
    };

    private static decimal? Exact(object value)
    {
        if (value is decimal exact) return exact;
        BigInteger? whole = value is double or float ? null : FieldNames.Integer(value);
        return whole >= (BigInteger)decimal.MinValue && whole <= (BigInteger)decimal.MaxValue ? (decimal)whole.Value : null;
    }
}
