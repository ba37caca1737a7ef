using Spectre.Console;

namespace Assay;

/// <summary>Shows the progress of an experiment on standard error until it is disposed, which shows the final state.</summary>
internal sealed class ProgressDisplay : IDisposable
{
    private readonly ManualResetEventSlim _stop = new(false);
    private readonly Thread _thread;

    private ProgressDisplay(Action<ManualResetEventSlim> show)
    {
        _thread = new Thread(() => show(_stop)) { IsBackground = true, Name = "assay-progress" };
        _thread.Start();
    }

    public static IAnsiConsole ErrorConsole(ProgressMode mode) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = Console.IsErrorRedirected && mode != ProgressMode.Bar ? AnsiSupport.No : AnsiSupport.Detect,
    });

    public static ProgressDisplay? Start(RunOptions options, IAnsiConsole console, Plan plan, RunCounters counters)
    {
        if (options.Progress == ProgressMode.None) return null;
        long start = options.Clock.GetTimestamp();
        string Text() => ProgressText.Of(counters, options.Clock.GetElapsedTime(start), options.ProgressMetrics);
        bool isTerminal = !Console.IsErrorRedirected && console.Profile.Capabilities.Ansi;
        bool isBar = options.Progress == ProgressMode.Bar || (options.Progress == ProgressMode.Auto && isTerminal);
        return new ProgressDisplay(stop =>
        {
            if (isBar) ProgressBar.Show(console, plan.Title, counters, Text, stop);
            else ProgressLines.Show(console.Profile.Out.Writer, plan.Title, Text, stop);
        });
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }
}

/// <summary>
/// Progress as plain lines, for output that is not a terminal: the first after two seconds, the next ones after pauses that double up to a
/// minute, and one at the end.
/// </summary>
internal static class ProgressLines
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    public static void Show(TextWriter output, string title, Func<string> text, ManualResetEventSlim stop)
    {
        bool isLast = false;
        for (TimeSpan pause = FirstPause; !isLast; pause = pause * 2 > MaxPause ? MaxPause : pause * 2)
        {
            isLast = stop.Wait(pause);
            try
            {
                output.WriteLine($"{title}: {text()}");
            }
            catch (IOException)
            {
                // The runs continue if the output fails, for example on a full disk or a closed pipe.
            }
        }
    }
}
