using Spectre.Console;

namespace Assay;

/// <summary>Writes lines to a terminal with a progress bar. They replace the bar, which is drawn again below them.</summary>
internal static class TerminalLines
{
    // Spectre writes over the bar from its start, so the rest of the line must be erased.
    private const string EraseToEnd = "\u001b[K";
    private const string Yellow = "\u001b[33m";
    private const string Reset = "\u001b[0m";

    /// <summary>Writes a text unchanged: without wrapping, and not as markup. A missing line end is added.</summary>
    public static void WriteTo(IAnsiConsole console, string text)
    {
        string lines = text.EndsWith('\n') ? text : text + "\n";
        console.Write(new ControlCode(lines.Replace("\n", EraseToEnd + "\n", StringComparison.Ordinal)));
    }

    /// <summary>Writes a text in yellow if the terminal has colours.</summary>
    public static void WriteWarning(IAnsiConsole console, string text) =>
        WriteTo(console, console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? text : Yellow + text + Reset);
}
