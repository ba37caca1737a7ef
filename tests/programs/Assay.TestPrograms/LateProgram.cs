namespace Assay.TestPrograms;

/// <summary>
/// <c>late STORE cancelled|metric|fails</c>: a run that exceeds its time and goes on after <c>RunAsync</c> has returned. Prints
/// <c>returned STATUS</c>, lets the operation go on to its end, waits for its thread and prints <c>alive</c> and what the operation met.
/// </summary>
internal static class LateProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var goOn = new ManualResetEventSlim();
        Thread? thread = null;
        string met = "nothing";
        Experiment<string> experiment = Experiment.Create<string>("late", (what, run) =>
        {
            thread = Thread.CurrentThread;
            goOn.Wait();
            try
            {
                if (what == "cancelled") run.ThrowIfCancelled();
                if (what == "metric") run.Metric("late", 1);
                if (what == "fails") throw new InvalidOperationException("too late to matter");
            }
            catch (Exception fault)
            {
                met = fault.GetType().Name;
                throw;
            }
        });
        Results results = await experiment.Over(Space.Values(args[1])).RunAsync(new RunOptions
        {
            Store = args[0],
            Progress = ProgressMode.None,
            Timeout = TimeSpan.FromMilliseconds(50),
        });
        Console.WriteLine($"returned {results[0].Status} {results[0].Error?.Kind}");
        goOn.Set();
        thread!.Join();
        Console.WriteLine($"alive, met {met}");
        return 0;
    }
}
