namespace Assay.Cli.Tests;

/// <summary>Text of one line that is too long for a line of source.</summary>
internal static class LongText
{
    /// <summary>The text without its line ends.</summary>
    public static string OneLine(this string text) => text.ReplaceLineEndings("");
}
