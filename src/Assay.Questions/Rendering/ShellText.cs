namespace Assay.Questions;

/// <summary>Texts as one word of a command line, to be copied.</summary>
internal static class ShellText
{
    // In single quotes nothing means anything to a shell but the quote itself; on Windows double ones do, and no path has any.
    public static string Quoted(string text) =>
        OperatingSystem.IsWindows() ? $"\"{text}\"" : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
