using System.Numerics;
using System.Text.Unicode;

namespace Assay.Tables;

/// <summary>Bytes that a table has no type for, as text. For readers of formats.</summary>
public static class BinaryText
{
    private const int LongestDecimal = 1024, LongestScale = 100;

    /// <summary>Text where the bytes are UTF-8, base64 otherwise.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes)
        ? Encoding.UTF8.GetString(bytes)
        : Convert.ToBase64String(bytes);

    /// <summary>
    /// The digits of a big-endian two's-complement number; null for one of more than 1024 bytes, whose digits take long to compute.
    /// </summary>
    public static string? Decimal(ReadOnlySpan<byte> unscaled, int scale) =>
        unscaled.Length > LongestDecimal ? null : Decimal(new BigInteger(unscaled, isBigEndian: true), scale);

    /// <summary>
    /// The value of such digits: a <see cref="decimal"/>, or the text itself where it has more digits than a decimal holds.
    /// </summary>
    public static object Number(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        // Beyond these digits, or with an exponent, parsing may round.
        const int MostDigits = 28;
        bool isExact = digits.Length <= MostDigits && !digits.Contains('E', StringComparison.Ordinal);
        return isExact && decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : digits;
    }

    /// <summary>The digits of a number divided by ten to the power of <paramref name="scale"/>.</summary>
    internal static string Decimal(BigInteger unscaled, int scale)
    {
        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture);
        if (scale is < 0 or > LongestScale) digits = string.Create(CultureInfo.InvariantCulture, $"{digits}E{-(long)scale}");
        else if (scale > 0)
        {
            digits = digits.PadLeft(scale + 1, '0');
            digits = $"{digits[..^scale]}.{digits[^scale..]}";
        }

        return unscaled.Sign < 0 ? "-" + digits : digits;
    }
}
