using Spectre.Console;

namespace Assay;

/// <summary>Lines for a terminal on which a bar may be drawn: they take the place of the bar, which is drawn again below them.</summary>
internal static class TerminalLines
{
    // Spectre moves the cursor up to where the bar starts and writes over it: what a shorter line does not cover would stay.
    private const string EraseToEnd = "\u001b[K";
    private const string Yellow = "\u001b[33m";
    private const string Reset = "\u001b[0m";

    /// <summary>As it came, with colours of its own: neither wrapped nor read as markup. A missing last line end is added.</summary>
    public static void WriteTo(IAnsiConsole console, string text)
    {
        string lines = text.EndsWith('\n') ? text : text + "\n";
        console.Write(new ControlCode(lines.Replace("\n", EraseToEnd + "\n", StringComparison.Ordinal)));
    }

    /// <summary>In yellow, where the terminal has colours.</summary>
    public static void WriteWarning(IAnsiConsole console, string text) =>
        WriteTo(console, console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? text : Yellow + text + Reset);
}
