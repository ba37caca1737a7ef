using Spectre.Console;

namespace Assay;

/// <summary>A progress bar on a terminal.</summary>
internal static class ProgressBar
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    public static void Show(IAnsiConsole console, string title, RunCounters counters, Func<string> text, ManualResetEventSlim stop)
    {
        try
        {
            Progress progress = console.Progress().AutoClear(false).HideCompleted(false)
                .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 30 }, new TaskDescriptionColumn { Alignment = Justify.Left });
            var output = new ConsoleRedirection();
            try
            {
                progress.Start(context => Draw(context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, counters.Total)), output));
            }
            finally
            {
                output.Restore(console);
            }
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
                output.Flush(console);
                task.Value = counters.Total == 0 ? 1 : counters.Done;
                task.Description = Markup.Escape($"{title} {text()}");
            }
            while (!isLast);
            task.StopTask();
        }
    }
}
