using System.Globalization;

namespace Assay.Journals;

/// <summary>
/// Real numbers as text: the shortest digits that read back as the same double, laid out as ECMAScript does (and RFC 8785 with it), except
/// that whole numbers keep a point: <c>1.0</c>, <c>0.00001</c>, <c>1e+21</c>. The framework finds the digits, which are determined by
/// mathematics; the layout is ours, because the framework has changed its own between versions and run ids depend on it.
/// </summary>
internal static class RealText
{
    /// <summary>Room for any number.</summary>
    public const int MaxLength = 32;

    private const int MostIntegerDigits = 21;
    private const int MostLeadingZeros = 6;

    /// <summary>Writes a finite number.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Write(double value, Span<byte> target)
    {
        if (value == 0)
        {
            "0.0"u8.CopyTo(target);
            return 3;
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        (int count, int point) = Digits(Math.Abs(value), digits);
        var text = new Text(target);
        if (value < 0) text.Add((byte)'-');
        Lay(ref text, digits[..count], point);
        return text.Length;
    }

    private static void Lay(ref Text text, scoped ReadOnlySpan<byte> digits, int point)
    {
        if (point is > 0 and <= MostIntegerDigits)
        {
            int whole = Math.Min(point, digits.Length);
            text.Add(digits[..whole]);
            text.Zeros(point - whole);
            text.Add((byte)'.');
            if (whole < digits.Length) text.Add(digits[whole..]);
            else text.Add((byte)'0');
        }
        else if (point is > -MostLeadingZeros and <= 0)
        {
            text.Add("0."u8);
            text.Zeros(-point);
            text.Add(digits);
        }
        else
        {
            text.Add(digits[0]);
            if (digits.Length > 1)
            {
                text.Add((byte)'.');
                text.Add(digits[1..]);
            }

            text.Exponent(point - 1);
        }
    }

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

    private ref struct Text(Span<byte> target)
    {
        private readonly Span<byte> _target = target;

        public int Length { get; private set; }

        public void Add(byte value) => _target[Length++] = value;

        public void Add(scoped ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_target[Length..]);
            Length += bytes.Length;
        }

        public void Zeros(int count)
        {
            _target.Slice(Length, count).Fill((byte)'0');
            Length += count;
        }

        public void Exponent(int exponent)
        {
            Add(exponent < 0 ? "e-"u8 : "e+"u8);
            System.Buffers.Text.Utf8Formatter.TryFormat(Math.Abs(exponent), _target[Length..], out int written);
            Length += written;
        }
    }
}
