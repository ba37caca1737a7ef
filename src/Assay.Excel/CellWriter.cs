using System.Buffers;
using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Assay.Excel;

/// <summary>Writes cells, each value as the number it is for Excel, or else as text.</summary>
internal sealed class CellWriter(OpenXmlWriter xml)
{
    private const long LargestExact = 1L << 53;

    // Excel takes 1900 for a leap year; from March on its dates are right.
    private static readonly DateTime FirstDate = new(1900, 3, 1), DayZero = new(1899, 12, 30);

    private static readonly OpenXmlAttribute TextType = Attribute("t", "inlineStr"), FlagType = Attribute("t", "b");
    private static readonly OpenXmlAttribute[] Styles =
        [.. Enumerable.Range(0, 4).Select(style => Attribute("s", style.ToString(CultureInfo.InvariantCulture)))];

    private readonly Cell _cell = new();
    private readonly Row _row = new();
    private readonly InlineString _inline = new();
    private readonly List<string> _letters = [];
    private string _rowNumber = "";

    public void StartRow(int number)
    {
        _rowNumber = number.ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement(_row, [Attribute("r", _rowNumber)]);
    }

    public void EndRow() => xml.WriteEndElement();

    public void Flag(int column, bool value) => Value(column, value ? "1" : "0", FlagType);

    public void Whole(int column, long value)
    {
        if (value is >= -LargestExact and <= LargestExact) Value(column, value.ToString(CultureInfo.InvariantCulture));
        else Text(column, value.ToString(CultureInfo.InvariantCulture), CellStyles.Plain);
    }

    public void Number(int column, double value)
    {
        if (double.IsFinite(value)) Value(column, value.ToString("R", CultureInfo.InvariantCulture));
        else Text(column, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity", CellStyles.Plain);
    }

    public void Time(int column, DateTimeOffset value)
    {
        DateTime time = value.UtcDateTime;
        if (time < FirstDate) Text(column, time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture), CellStyles.Plain);
        else Value(column, (time - DayZero).TotalDays.ToString("R", CultureInfo.InvariantCulture), Styles[CellStyles.Timestamp]);
    }

    public void Span(int column, TimeSpan value)
    {
        if (value < TimeSpan.Zero) Text(column, value.ToString("c", CultureInfo.InvariantCulture), CellStyles.Plain);
        else Value(column, value.TotalDays.ToString("R", CultureInfo.InvariantCulture), Styles[CellStyles.Duration]);
    }

    public void Text(int column, string value, uint style)
    {
        xml.WriteStartElement(_cell, [Attribute("r", Reference(column)), Styles[style], TextType]);
        xml.WriteStartElement(_inline);
        xml.WriteElement(new Text(CellText.Escape(value)) { Space = SpaceProcessingModeValues.Preserve });
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Value(int column, string value, params ReadOnlySpan<OpenXmlAttribute> attributes)
    {
        xml.WriteStartElement(_cell, [Attribute("r", Reference(column)), .. attributes]);
        xml.WriteElement(new CellValue(value));
        xml.WriteEndElement();
    }

    private string Reference(int column)
    {
        while (_letters.Count <= column) _letters.Add(Letters(_letters.Count));
        return _letters[column] + _rowNumber;
    }

    /// <summary>A, B, …, Z, AA, …</summary>
    private static string Letters(int column)
    {
        string letters = "";
        for (int rest = column; rest >= 0; rest = rest / 26 - 1) letters = (char)('A' + rest % 26) + letters;
        return letters;
    }

    private static OpenXmlAttribute Attribute(string name, string value) => new(name, "", value);
}

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
