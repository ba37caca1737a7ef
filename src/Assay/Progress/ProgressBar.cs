using Spectre.Console;

namespace Assay;

/// <summary>A progress bar on a terminal.</summary>
internal sealed class ProgressBar : ProgressDisplay
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private readonly ManualResetEventSlim _stop = new(false);
    private readonly Thread _thread;

    public ProgressBar(IAnsiConsole console, Plan plan, RunCounters counters, RunOptions options)
    {
        long start = options.Clock.GetTimestamp();
        _thread = new Thread(() => ShowOrWarn(console, plan, counters, options, start)) { IsBackground = true, Name = "assay-progress" };
        _thread.Start();
    }

    public override void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    // The runs continue without a bar if the terminal fails.
    private void ShowOrWarn(IAnsiConsole console, Plan plan, RunCounters counters, RunOptions options, long start)
    {
        try
        {
            Show(console, plan, counters, options, start);
        }
        catch (Exception fault)
        {
            new Notices(console).Warn($"the progress bar failed ({ExceptionText.Clause(fault)}); the runs continue.");
        }
    }

    private void Show(IAnsiConsole console, Plan plan, RunCounters counters, RunOptions options, long start)
    {
        Progress progress = console.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 30 }, new TaskDescriptionColumn { Alignment = Justify.Left });
        var output = new ConsoleRedirection();
        try
        {
            progress.Start(Draw);
        }
        finally
        {
            output.Restore(console);
        }

        void Draw(ProgressContext context)
        {
            ProgressTask task = context.AddTask(Markup.Escape(plan.Title), maxValue: Math.Max(1, counters.Total));
            bool last;
            do
            {
                last = _stop.Wait(Refresh);
                output.Flush(console);
                task.Value = counters.Total == 0 ? 1 : counters.Done;
                string text = ProgressText.Of(counters, options.Clock.GetElapsedTime(start), options.ProgressMetrics);
                task.Description = Markup.Escape($"{plan.Title} {text}");
            }
            while (!last);
            task.StopTask();
        }
    }
}
