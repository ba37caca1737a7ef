using System.Globalization;

namespace Assay.Tables;

/// <summary>Decimals from their digits, as <see cref="BinaryText"/> writes them.</summary>
internal static class ScaledNumber
{
    /// <summary>The number behind a text, or the text itself where it has more digits than a decimal holds.</summary>
    public static object Value(string text)
    {
        // Beyond these digits, or with an exponent, parsing may round.
        const int MostDigits = 28;
        bool isExact = text.Length <= MostDigits && !text.Contains('E', StringComparison.Ordinal);
        return isExact && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : text;
    }
}
