using Spectre.Console;

namespace Assay;

/// <summary>Shows how far an experiment is, on standard error, until it is disposed; then says the last word once.</summary>
internal abstract class ProgressDisplay : IDisposable
{
    public static IAnsiConsole ErrorConsole(ProgressMode mode)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = Console.IsErrorRedirected && mode != ProgressMode.Bar ? AnsiSupport.No : AnsiSupport.Detect,
        });
        return console;
    }

    public static ProgressDisplay? Start(RunOptions options, IAnsiConsole console, Plan plan, RunCounters counters) => options.Progress switch
    {
        ProgressMode.None => null,
        ProgressMode.Bar => new ProgressBar(console, plan, counters, options),
        ProgressMode.Lines => new ProgressLines(console.Profile.Out.Writer, plan, counters, options),
        _ when Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi => new ProgressLines(console.Profile.Out.Writer, plan, counters, options),
        _ => new ProgressBar(console, plan, counters, options),
    };

    public abstract void Dispose();
}
