using System.Globalization;

namespace Assay.Journals;

/// <summary>
/// Real numbers as text: the shortest digits that read back as the same double, laid out as ECMAScript does (and RFC 8785 with it), except
/// that whole numbers keep a point: <c>1.0</c>, <c>0.00001</c>, <c>1e+21</c>. The framework finds the digits, which are determined by
/// mathematics; the layout is ours, because the framework has changed its own between versions and run ids depend on it.
/// </summary>
internal static class RealText
{
    private const int MaxLength = 32;
    private const int MostIntegerDigits = 21;
    private const int MostLeadingZeros = 6;

    /// <summary>Writes a finite number.</summary>
    public static void Write(JsonBuffer text, double value)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        (int count, int point) = Digits(Math.Abs(value), buffer);
        ReadOnlySpan<byte> digits = buffer[..count];
        if (value < 0) text.Raw((byte)'-');
        if (value == 0) text.Raw("0.0"u8);
        else if (point is > 0 and <= MostIntegerDigits)
        {
            int whole = Math.Min(point, count);
            Zeros(text.Raw(digits[..whole]), point - whole).Raw((byte)'.').Raw(whole < count ? digits[whole..] : "0"u8);
        }
        else if (point is > -MostLeadingZeros and <= 0) Zeros(text.Raw("0."u8), -point).Raw(digits);
        else
        {
            text.Raw(digits[0]);
            if (count > 1) text.Raw((byte)'.').Raw(digits[1..]);
            text.Raw(point > 0 ? "e+"u8 : "e-"u8).Integer(Math.Abs(point - 1));
        }
    }

    private static JsonBuffer Zeros(JsonBuffer text, int count) => text.Raw("000000000000000000000"u8[..count]);

    /// <summary>The significant digits, and the place of the point: the number is 0.DIGITS × 10^point.</summary>
    private static (int Count, int Point) Digits(double value, Span<byte> digits)
    {
        Span<byte> raw = stackalloc byte[MaxLength];
        value.TryFormat(raw, out int length, "R", CultureInfo.InvariantCulture);
        int count = 0, point = 0, exponent = 0;
        bool afterPoint = false;
        for (int i = 0; i < length; i++)
        {
            byte c = raw[i];
            if (c == (byte)'.') afterPoint = true;
            else if (c == (byte)'E')
            {
                _ = int.TryParse(raw[(i + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
                break;
            }
            else
            {
                bool leadingZero = count == 0 && c == (byte)'0';
                if (!leadingZero) digits[count++] = c;
                if (!afterPoint && !leadingZero) point++;
                if (afterPoint && leadingZero) point--;
            }
        }

        while (count > 1 && digits[count - 1] == (byte)'0') count--;
        return (count, point + exponent);
    }
}
