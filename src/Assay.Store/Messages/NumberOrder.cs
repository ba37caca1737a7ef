using System.Globalization;
using System.Numerics;

namespace Assay.Messages;

/// <summary>Numbers of records by value: whole ones exactly, whatever their size, decimals exactly, others as doubles.</summary>
public static class NumberOrder
{
    /// <summary>The first whole number that has a neighbour which is the same double.</summary>
    internal const double FirstUnsure = 1L << 53;

    /// <summary>As <see cref="IComparable.CompareTo"/>; null when one is no number, or NaN.</summary>
    public static int? Compare(object? a, object? b)
    {
        if (!TryNumber(a, out double x) || !TryNumber(b, out double y) || double.IsNaN(x) || double.IsNaN(y)) return null;
        return x != y ? x.CompareTo(y) : Tie(x, a, b);
    }

    /// <summary>The order of two numbers that are the same as doubles, which cannot tell decimals and large whole numbers apart.</summary>
    public static int Tie(double same, object? a, object? b) =>
        Math.Abs(same) < FirstUnsure && a is not decimal && b is not decimal ? 0 : Close(a!, b!);

    /// <summary>The nearest double: that of the digits, which the framework's own conversion misses by one here and there.</summary>
    public static double Nearest(decimal value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static int Close(object a, object b)
    {
        if (Whole(a) is { } one && Whole(b) is { } other) return one.CompareTo(other);
        return Exact(a) is { } left && Exact(b) is { } right ? left.CompareTo(right) : 0;
    }

    /// <summary>A number of any type as a double, the nearest one; false for anything else.</summary>
    public static bool TryNumber(object? value, out double number)
    {
        bool isNumber = value is double or float or long or int or short or byte or uint or ushort or sbyte or ulong or decimal
            or BigInteger;
        number = value switch
        {
            BigInteger big => (double)big,
            decimal exact => Nearest(exact),
            _ => isNumber ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN,
        };
        return isNumber;
    }

    /// <summary>The value of an integer of any type; null for anything else.</summary>
    public static BigInteger? Integer(object? value) => value switch
    {
        long or int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong big => big,
        Int128 big => big,
        UInt128 big => big,
        BigInteger big => big,
        _ => null,
    };

    /// <summary>As <see cref="Integer"/>, and the value of a real number or a decimal without a fraction.</summary>
    public static BigInteger? Whole(object? value) => value switch
    {
        double real => double.IsInteger(real) ? new BigInteger(real) : null,
        float real => Whole((double)real),
        decimal exact => decimal.IsInteger(exact) ? new BigInteger(exact) : null,
        _ => Integer(value),
    };

    private static decimal? Exact(object value)
    {
        if (value is decimal exact) return exact;
        BigInteger? whole = value is double or float ? null : Integer(value);
        return whole >= (BigInteger)decimal.MinValue && whole <= (BigInteger)decimal.MaxValue ? (decimal)whole.Value : null;
    }
}
