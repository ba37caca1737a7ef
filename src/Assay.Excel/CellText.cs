using System.Buffers;
using System.Globalization;
using System.Text;

namespace Assay.Excel;

/// <summary>
/// Text as cells hold it: characters that XML forbids or changes are written as <c>_xHHHH_</c>, and text that already looks like that has
/// its underscore escaped in the same way.
/// </summary>
internal static class CellText
{
    private const int EscapeLength = 7;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static string Escape(string text)
    {
        int first = Next(text, 0);
        if (first == text.Length) return text;
        var escaped = new StringBuilder(text.Length + 16);
        for (int start = 0, at = first; ; start = at + 1, at = Next(text, start))
        {
            escaped.Append(text, start, at - start);
            if (at == text.Length) return escaped.ToString();
            escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[at]:X4}_");
        }
    }

    /// <summary>The next character to escape, or the end.</summary>
    private static int Next(string text, int from)
    {
        for (int at = from; at < text.Length; at++)
        {
            char c = text[at];
            if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) at++;
            else if ((c < ' ' && c is not ('\t' or '\n')) || char.IsSurrogate(c)
                || c is '\uFFFE' or '\uFFFF' || (c == '_' && IsEscape(text, at)))
                return at;
        }

        return text.Length;
    }

    private static bool IsEscape(string text, int at) =>
        text.Length - at >= EscapeLength && text[at + 1] == 'x' && text[at + 6] == '_'
            && !text.AsSpan(at + 2, 4).ContainsAnyExcept(HexDigits);
}
