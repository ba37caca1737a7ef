using Spectre.Console;

namespace Assay;

/// <summary>Writes warnings and remarks to standard error, above the progress bar if there is one. Thread-safe.</summary>
internal sealed class Notices(IAnsiConsole console)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    public static Notices ToStandardError() => new(ProgressDisplay.ErrorConsole(ProgressMode.None));

    /// <summary>Writes a warning the first time it is called with a key.</summary>
    public void Once(string key, string text)
    {
        lock (_gate)
        {
            if (_written.Add(key)) Warn(text);
        }
    }

    public void Warn(string text)
    {
        lock (_gate)
        {
            try
            {
                // The text may contain control characters, because it may quote exceptions of the user's code.
                string safe = Printable.Block(text);
                if (console.Profile.Capabilities.Ansi) TerminalLines.WriteWarning(console, $"assay: {safe}");
                // Written without the console, which would wrap the lines that other programs read.
                else console.Profile.Out.Writer.WriteLine($"assay: {safe}");
            }
            catch (IOException)
            {
                // Standard error is full or closed, so the warning cannot be reported.
            }
        }
    }
}
