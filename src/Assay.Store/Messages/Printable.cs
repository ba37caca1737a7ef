using System.Globalization;
using System.Text;

namespace Assay.Messages;

/// <summary>Text from a store made safe to print: what a run recorded must not steer the terminal.</summary>
public static class Printable
{
    /// <summary>On one line: control characters, line breaks among them, become escapes.</summary>
    public static string Line(string text) => Escape(text, kept: "");

    /// <summary>As <see cref="Line"/>, but line breaks and tabs stay.</summary>
    public static string Block(string text) => Escape(text.ReplaceLineEndings("\n"), kept: "\n\t");

    /// <summary>As <see cref="Block"/>, with the line ends that the text has.</summary>
    public static string Source(string text) => Escape(text, kept: "\r\n\t");

    private static string Escape(string text, string kept)
    {
        if (!text.Any(c => Steers(c, kept))) return text;
        var clean = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            clean.Append(c switch
            {
                _ when !Steers(c, kept) => c.ToString(),
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            });
        }

        return clean.ToString();
    }

    // Beside control characters: the marks that reverse the direction of text can make a line read as another one.
    private static bool Steers(char c, string kept) =>
        (char.IsControl(c) && !kept.Contains(c)) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}

/// <summary>Texts of command lines that a person copies.</summary>
public static class ShellText
{
    /// <summary>A text as one word of a command line: in single quotes, escaped; on Windows in double quotes.</summary>
    public static string Quoted(string text) =>
        OperatingSystem.IsWindows() ? $"\"{text}\"" : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
