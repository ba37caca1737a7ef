namespace Assay;

/// <summary>
/// Writes progress as plain lines, for output that is not a terminal: the first after two seconds, the next ones after pauses that double
/// up to a minute, and one at the end.
/// </summary>
internal sealed class ProgressLines : ProgressDisplay
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

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
        for (TimeSpan pause = FirstPause; !_stop.Wait(pause); pause = pause * 2 > MaxPause ? MaxPause : pause * 2) Write();
    }

    private void Write()
    {
        TimeSpan elapsed = _options.Clock.GetElapsedTime(_start);
        try
        {
            _out.WriteLine($"{_plan.Title}: {ProgressText.Of(_counters, elapsed, _options.ProgressMetrics)}");
        }
        catch (IOException)
        {
            // The runs continue if the output fails, for example on a full disk or a closed pipe.
        }
    }
}
