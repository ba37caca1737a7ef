namespace Assay;

/// <summary>Writes waiting series points once a second: a run may record nothing for hours and then be killed. Thread-safe.</summary>
internal sealed class LiveSeries : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly HashSet<RunCapture> _runs = [];
    private Timer? _timer;
    private bool _disposed;

    public void Add(RunCapture run)
    {
        lock (_gate)
        {
            if (_disposed) return;
            _runs.Add(run);
            _timer ??= new Timer(_ => FlushDue(), null, Period, Timeout.InfiniteTimeSpan);
        }
    }

    public void Remove(RunCapture run)
    {
        lock (_gate) _runs.Remove(run);
    }

    /// <summary>Writes all waiting points or, by default, those that are due.</summary>
    /// <exception cref="StoreException">The journal is broken.</exception>
    public void Flush(bool all = false)
    {
        RunCapture[] runs;
        lock (_gate) runs = [.. _runs];
        foreach (RunCapture run in runs) run.FlushSeries(all);
    }

    /// <summary>Stops the timer and waits for its callback.</summary>
    public void Dispose()
    {
        Timer? timer;
        lock (_gate)
        {
            _disposed = true;
            _runs.Clear();
            (timer, _timer) = (_timer, null);
        }

        using var stopped = new ManualResetEvent(false);
        if (timer?.Dispose(stopped) == true) stopped.WaitOne();
    }

    private void FlushDue()
    {
        try
        {
            Flush();
        }
        catch (Exception fault) when (fault is StoreException or ObjectDisposedException)
        {
            // The journal is broken or closed. Its next writer reports the fault.
        }

        // Started anew each time: waiting threads would accumulate if the disk is slower than the timer.
        lock (_gate) _timer?.Change(Period, Timeout.InfiniteTimeSpan);
    }
}
