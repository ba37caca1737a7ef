using System.Globalization;
using System.Numerics;

namespace Assay.Tables;

/// <summary>Decimals as files hold them, a whole number and how many of its digits stand behind the point.</summary>
internal static class ScaledNumber
{
    public static string Text(BigInteger value, int scale)
    {
        string digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture);
        if (scale is > 0 and < 100)
        {
            digits = digits.PadLeft(scale + 1, '0');
            digits = $"{digits[..^scale]}.{digits[^scale..]}";
        }
        else if (scale != 0)
        {
            digits += string.Create(CultureInfo.InvariantCulture, $"E{-(long)scale}");
        }

        return value.Sign < 0 ? "-" + digits : digits;
    }

    /// <summary>The number behind a text, or the text itself where it has more digits than a decimal holds.</summary>
    public static object Value(string text)
    {
        // Beyond these digits, or with an exponent, parsing may round.
        const int MostDigits = 28;
        bool isExact = text.Length <= MostDigits && !text.Contains('E', StringComparison.Ordinal);
        return isExact && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : text;
    }
}
