namespace Assay.Messages;

/// <summary>Texts of command lines that a person copies.</summary>
public static class ShellText
{
    /// <summary>
    /// A text as one word of a command line: in single quotes, in which a shell interprets nothing but the quote itself, and on Windows in
    /// double quotes, which no path contains.
    /// </summary>
    /// <param name="text">The text.</param>
    public static string Quoted(string text) =>
        OperatingSystem.IsWindows() ? $"\"{text}\"" : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
