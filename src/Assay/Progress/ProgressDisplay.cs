using System.Globalization;
using Spectre.Console;

namespace Assay;

/// <summary>Shows the progress of an experiment on standard error until it is disposed, which shows the final state.</summary>
internal sealed class ProgressDisplay : IDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);
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

    /// <param name="options">The mode, the clock and the metrics.</param>
    /// <param name="console">Standard error.</param>
    /// <param name="plan">The plan, for its title.</param>
    /// <param name="counters">What is shown.</param>
    /// <param name="resumed">The first line, when a session goes on.</param>
    public static ProgressDisplay? Start(RunOptions options, IAnsiConsole console, Plan plan, RunCounters counters, string? resumed)
    {
        if (options.Progress == ProgressMode.None) return null;
        if (resumed is not null) TryWriteLine(console.Profile.Out.Writer, $"{plan.Title}: {resumed}");
        long start = options.Clock.GetTimestamp();
        string Text() => ProgressText.Of(counters, options.Clock.GetElapsedTime(start), options.ProgressMetrics);
        bool isTerminal = !Console.IsErrorRedirected && console.Profile.Capabilities.Ansi;
        bool isBar = options.Progress == ProgressMode.Bar || (options.Progress == ProgressMode.Auto && isTerminal);
        return new ProgressDisplay(stop =>
        {
            if (isBar) ShowBar(console, plan.Title, counters, Text, stop);
            else ShowLines(console.Profile.Out.Writer, plan.Title, Text, stop);
        });
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    // The first line after two seconds, further ones after pauses that double up to a minute, one at the end.
    private static void ShowLines(TextWriter output, string title, Func<string> text, ManualResetEventSlim stop)
    {
        bool isLast = false;
        for (TimeSpan pause = FirstPause; !isLast; pause = pause * 2 > MaxPause ? MaxPause : pause * 2)
        {
            isLast = stop.Wait(pause);
            TryWriteLine(output, $"{title}: {text()}");
        }
    }

    private static void TryWriteLine(TextWriter output, string line)
    {
        try
        {
            output.WriteLine(line);
        }
        catch (IOException)
        {
            // The runs continue if the output fails, for example on a full disk or a closed pipe.
        }
    }

    private static void ShowBar(IAnsiConsole console, string title, RunCounters counters, Func<string> text, ManualResetEventSlim stop)
    {
        try
        {
            Progress progress = console.Progress().AutoClear(false).HideCompleted(false)
                .Columns(new SpinnerColumn(), new BarColumn(), new TextColumn());
            using var output = new ConsoleRedirection(console);
            progress.Start(context => Draw(context.AddTask(title, maxValue: Math.Max(1, counters.Total)), output));
        }
        catch (Exception fault)
        {
            new Notices(console).Warn($"the progress bar failed ({ExceptionText.Clause(fault)}); the runs continue.");
        }

        void Draw(ProgressTask task, ConsoleRedirection output)
        {
            bool isLast;
            do
            {
                isLast = stop.Wait(Refresh);
                output.Flush();
                task.Value = counters.Total == 0 ? 1 : counters.Done;
                task.Description = $"{title} {text()}";
            }
            while (!isLast);
            task.StopTask();
        }
    }
}

/// <summary>The text of progress, for bars and lines.</summary>
internal static class ProgressText
{
    // In seconds: within the range of TimeSpan.
    private const double MaxRemaining = 1e10;

    /// <summary>The text, as in <c>120/2000 (6%), 41.2/s, 45 s left, 2 failed, 100 done before | loss 0.25</c>.</summary>
    public static string Of(RunCounters counters, TimeSpan elapsed, IReadOnlyList<string> metrics)
    {
        string values = Metrics(counters, metrics);
        return Counts(counters, elapsed) + (values.Length > 0 ? " | " + values : "");
    }

    private static string Counts(RunCounters counters, TimeSpan elapsed)
    {
        long done = counters.Done, total = counters.Total, percent = total == 0 ? 100 : (long)(100.0 * done / total);
        var parts = new List<string> { Invariant($"{done}/{total} ({percent}%)") };
        if (counters.DoneNow > 0 && elapsed > TimeSpan.Zero)
        {
            double rate = counters.DoneNow / elapsed.TotalSeconds, remaining = Math.Min((total - done) / rate, MaxRemaining);
            parts.Add(rate >= 1 ? Invariant($"{rate:0.#}/s") : Invariant($"{rate * 60:0.##}/min"));
            if (done < total && !counters.Stopped) parts.Add(DurationText.Of(TimeSpan.FromSeconds(remaining)) + " left");
        }

        if (counters.Running > 0) parts.Add(Invariant($"{counters.Running} running"));
        if (counters.Failed > 0) parts.Add(Invariant($"{counters.Failed} failed"));
        if (counters.Cancelled > 0) parts.Add(Invariant($"{counters.Cancelled} cancelled"));
        if (counters.DoneBefore > 0) parts.Add(Invariant($"{counters.DoneBefore} done before"));
        if (counters.LeftOut > 0) parts.Add(Invariant($"{counters.LeftOut} left out"));
        return string.Join(", ", parts);
    }

    private static string Metrics(RunCounters counters, IReadOnlyList<string> chosen)
    {
        if (counters.Latest is not { } latest) return "";
        IReadOnlyDictionary<string, object?> metrics = latest.MetricsSoFar;
        IEnumerable<string> names = chosen.Count > 0 ? chosen.Where(metrics.ContainsKey) : metrics.Keys.Take(2);
        return string.Join(", ", names.Select(name => Printable.Line($"{name} {Value(metrics[name])}")));
    }

    private static string Value(object? value) => value switch
    {
        double real => real.ToString("G5", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        null => "–",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
