using Spectre.Console;

namespace Assay;

/// <summary>Warnings and remarks for the person at the terminal, on standard error, above a progress bar if there is one. Thread-safe.</summary>
internal sealed class Notices(IAnsiConsole console)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <summary>Says it the first time only.</summary>
    public void Once(string key, string text)
    {
        lock (_gate)
        {
            if (!_said.Add(key)) return;
        }

        Warn(text);
    }

    public void Warn(string text)
    {
        lock (_gate)
        {
            try
            {
                // Messages of operations and of other code are part of it.
                string safe = Printable.Block(text);
                if (console.Profile.Capabilities.Ansi) TerminalLines.WriteWarning(console, $"assay: {safe}");
                // Wrapping at a guessed width would break lines that other programs read.
                else console.Profile.Out.Writer.WriteLine($"assay: {safe}");
            }
            catch (IOException)
            {
                // There is nowhere to say it: standard error is full or closed.
            }
        }
    }
}
