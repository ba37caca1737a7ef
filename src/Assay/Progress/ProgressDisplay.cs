using Spectre.Console;

namespace Assay;

/// <summary>Shows the progress of an experiment on standard error until it is disposed, which shows the final state.</summary>
internal abstract class ProgressDisplay : IDisposable
{
    public static IAnsiConsole ErrorConsole(ProgressMode mode) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = Console.IsErrorRedirected && mode != ProgressMode.Bar ? AnsiSupport.No : AnsiSupport.Detect,
    });

    public static ProgressDisplay? Start(RunOptions options, IAnsiConsole console, Plan plan, RunCounters counters)
    {
        if (options.Progress == ProgressMode.None) return null;
        bool isTerminal = !Console.IsErrorRedirected && console.Profile.Capabilities.Ansi;
        return options.Progress == ProgressMode.Bar || (options.Progress == ProgressMode.Auto && isTerminal)
            ? new ProgressBar(console, plan, counters, options)
            : new ProgressLines(console.Profile.Out.Writer, plan, counters, options);
    }

    public abstract void Dispose();
}
