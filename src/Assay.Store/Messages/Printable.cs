using System.Buffers;
using System.Globalization;
using System.Text;

namespace Assay.Messages;

/// <summary>Text from a store made safe to print: what a run recorded must not steer the terminal.</summary>
public static class Printable
{
    // Beside control characters: the marks that reverse the direction of text can make a line read as another one.
    private static readonly SearchValues<char> OfLine = Steering(""), OfBlock = Steering("\n\t"), OfSource = Steering("\r\n\t");

    /// <summary>On one line: control characters, line breaks among them, become escapes.</summary>
    public static string Line(string text) => Escape(text, OfLine);

    /// <summary>As <see cref="Line"/>, but line breaks and tabs stay.</summary>
    public static string Block(string text) => Escape(text.ReplaceLineEndings("\n"), OfBlock);

    /// <summary>As <see cref="Block"/>, with the line ends that the text has.</summary>
    public static string Source(string text) => Escape(text, OfSource);

    private static string Escape(string text, SearchValues<char> steering)
    {
        if (!text.AsSpan().ContainsAny(steering)) return text;
        var clean = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            clean.Append(c switch
            {
                _ when !steering.Contains(c) => c.ToString(),
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            });
        }

        return clean.ToString();
    }

    private static SearchValues<char> Steering(string kept) => SearchValues.Create(
    [
        .. Enumerable.Range(0, 0xa0).Select(i => (char)i).Where(c => char.IsControl(c) && !kept.Contains(c)),
        .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ]);
}

/// <summary>Texts of command lines that a person copies.</summary>
public static class ShellText
{
    /// <summary>A text as one word of a command line: in single quotes, escaped; on Windows in double quotes.</summary>
    public static string Quoted(string text) =>
        OperatingSystem.IsWindows() ? $"\"{text}\"" : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
