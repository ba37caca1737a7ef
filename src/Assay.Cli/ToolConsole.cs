using System.Text;
using Spectre.Console;

namespace Assay.Cli;

/// <summary>Where a command writes to and what time it is; a test hands in its own.</summary>
internal sealed record ToolConsole(TextWriter Out, TextWriter Error, TimeProvider Clock)
{
    private const int DefaultWidth = 100;

    /// <summary>Whether a person looks at it: tables are then drawn and coloured.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Columns of the terminal; without meaning elsewhere.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>The folder of the user.</summary>
    public string Folder { get => field ?? Directory.GetCurrentDirectory(); init; }

    /// <summary>Opens what takes bytes that are no text; null on a terminal.</summary>
    public Func<Stream>? Bytes { get; init; }

    /// <summary>Asks the person at the keyboard whether to go on; null where nobody can be asked.</summary>
    public Func<string, bool>? Confirm { get; init; }

    /// <summary>Where what is convenient but not needed may be kept; null for nowhere.</summary>
    public string? Cache { get; init; }

    public static ToolConsole OfProcess()
    {
        string? cache = UserCache();
        if (!Console.IsOutputRedirected)
            return new ToolConsole(Console.Out, Console.Error, TimeProvider.System)
            {
                IsTerminal = true,
                Width = Console.WindowWidth is > 0 and var width ? width : DefaultWidth,
                Confirm = Console.IsInputRedirected ? null : Ask,
                Cache = cache,
            };

        // Files and pipes get UTF-8 without a byte order mark on every system.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 16);
        return new ToolConsole(output, Console.Error, TimeProvider.System) { Bytes = Console.OpenStandardOutput, Cache = cache };
    }

    // Anything but a clear yes is a no.
    private static bool Ask(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>Where this user's programs keep what they can do without; null when there is no such folder.</summary>
    private static string? UserCache()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named))
            return Path.Combine(named, "assay");
        if (OperatingSystem.IsWindows()) return Under(Environment.SpecialFolder.LocalApplicationData, "assay", "cache");
        return Under(Environment.SpecialFolder.UserProfile, ".cache", "assay");
    }

    private static string? Under(Environment.SpecialFolder folder, params string[] parts) =>
        Environment.GetFolderPath(folder) is { Length: > 0 } root ? Path.Combine([root, .. parts]) : null;

    /// <summary>Where an answer is written as text: drawn and coloured on a terminal, plain elsewhere.</summary>
    public Page Page() => IsTerminal ? new TerminalPage(this) : new Page(Out);

    /// <summary>A console that draws on <see cref="Out"/>.</summary>
    public IAnsiConsole Drawing()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Out) });
        console.Profile.Width = Width;
        return console;
    }

    /// <summary>Writes a message for the person at the keyboard: always to standard error, always with the tool's name.</summary>
    public void Complain(string message) => Error.WriteLine($"assay: {Printable.Block(message)}");
}
