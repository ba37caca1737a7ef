using Spectre.Console;

namespace Assay;

/// <summary>A live bar on a terminal.</summary>
internal sealed class ProgressBar : ProgressDisplay
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private readonly ManualResetEventSlim _stop = new(false);
    private readonly Thread _thread;

    public ProgressBar(IAnsiConsole console, Plan plan, RunCounters counters, RunOptions options)
    {
        long start = options.Clock.GetTimestamp();
        _thread = new Thread(() => Guarded(() => Show(console, plan, counters, options, start), console)) { IsBackground = true, Name = "assay-progress" };
        _thread.Start();
    }

    public override void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    // A terminal that cannot be drawn on is no reason to lose a sweep: it is told, and the runs go on without a bar.
    private static void Guarded(Action show, IAnsiConsole console)
    {
        try
        {
            show();
        }
        catch (Exception fault)
        {
            new Notices(console).Warn($"the progress bar failed ({Foreign.Clause(fault)}); the runs go on.");
        }
    }

    private void Show(IAnsiConsole console, Plan plan, RunCounters counters, RunOptions options, long start)
    {
        Progress progress = console.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 30 }, new TaskDescriptionColumn { Alignment = Justify.Left });
        var printed = new TakenOutput();
        try
        {
            progress.Start(context => Draw(context, printed));
        }
        finally
        {
            printed.GiveBack(console);
        }

        void Draw(ProgressContext context, TakenOutput above)
        {
            ProgressTask task = context.AddTask(Markup.Escape(plan.Title), maxValue: Math.Max(1, counters.Total));
            bool last;
            do
            {
                last = _stop.Wait(Refresh);
                above.MoveTo(console);
                string metrics = ProgressText.Metrics(counters, options.ProgressMetrics);
                string counts = ProgressText.Counts(counters, options.Clock.GetElapsedTime(start));
                task.Value = counters.Total == 0 ? 1 : counters.Done;
                task.Description = Markup.Escape($"{plan.Title} {counts}{(metrics.Length > 0 ? " | " + metrics : "")}");
            }
            while (!last);
            task.StopTask();
        }
    }
}
