namespace Assay;

/// <summary>A plain line now and then, for output that is no terminal: soon at first, then after pauses that double up to a minute, and one at the end.</summary>
internal sealed class ProgressLines : ProgressDisplay
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly TextWriter _out;
    private readonly Plan _plan;
    private readonly RunCounters _counters;
    private readonly RunOptions _options;
    private readonly long _start;
    private readonly ManualResetEventSlim _stop = new(false);
    private readonly Thread _thread;

    public ProgressLines(TextWriter output, Plan plan, RunCounters counters, RunOptions options)
    {
        (_out, _plan, _counters, _options) = (output, plan, counters, options);
        _start = options.Clock.GetTimestamp();
        _thread = new Thread(Loop) { IsBackground = true, Name = "assay-progress" };
        _thread.Start();
    }

    public override void Dispose()
    {
        _stop.Set();
        _thread.Join();
        Write();
        _stop.Dispose();
    }

    private void Loop()
    {
        for (TimeSpan pause = First; !_stop.Wait(pause); pause = pause * 2 > Longest ? Longest : pause * 2) Write();
    }

    // A log that cannot be written (a full disk, a closed pipe) is no reason to lose a sweep.
    private void Write()
    {
        try
        {
            WriteLine();
        }
        catch (IOException)
        {
        }
    }

    private void WriteLine()
    {
        TimeSpan elapsed = _options.Clock.GetElapsedTime(_start);
        string metrics = ProgressText.Metrics(_counters, _options.ProgressMetrics);
        _out.WriteLine($"{_plan.Title}: {ProgressText.Counts(_counters, elapsed)}{(metrics.Length > 0 ? " | " + metrics : "")}");
    }
}
