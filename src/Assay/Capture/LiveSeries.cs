namespace Assay;

/// <summary>
/// Once a second, writes the series points of runs under way that are a second old: a run may record nothing for hours after a point, and then be killed. One timer for all
/// runs of a session, made by the first point; runs without series cost nothing. Thread-safe.
/// </summary>
internal sealed class LiveSeries : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly HashSet<RunCapture> _runs = [];
    private Timer? _timer;
    private bool _flushing;
    private bool _disposed;

    /// <summary>Takes a run that has recorded its first point; until <see cref="Remove"/>.</summary>
    public void Add(RunCapture run)
    {
        lock (_gate)
        {
            if (_disposed) return;
            _runs.Add(run);
            _timer ??= new Timer(_ => Flush(), null, Every, Every);
        }
    }

    public void Remove(RunCapture run)
    {
        lock (_gate) _runs.Remove(run);
    }

    /// <summary>Writes all points that wait, however young.</summary>
    /// <exception cref="StoreException">The journal is broken.</exception>
    public void FlushAll()
    {
        RunCapture[] runs;
        lock (_gate) runs = [.. _runs];
        foreach (RunCapture run in runs) run.FlushSeries();
    }

    /// <summary>Returns when nothing is being written any more.</summary>
    public void Dispose()
    {
        Timer? timer;
        lock (_gate)
        {
            _disposed = true;
            _runs.Clear();
            timer = _timer;
            _timer = null;
        }

        if (timer is null) return;
        using var stopped = new ManualResetEvent(false);
        if (timer.Dispose(stopped)) stopped.WaitOne();
    }

    private void Flush()
    {
        // A disk slower than the timer must not gather waiting threads.
        if (Interlocked.Exchange(ref _flushing, true)) return;
        try
        {
            RunCapture[] runs;
            lock (_gate) runs = [.. _runs];
            foreach (RunCapture run in runs) run.FlushOldSeries();
        }
        catch (Exception fault) when (fault is StoreException or ObjectDisposedException)
        {
            // The journal is broken or closed: whoever writes to it next, or waits for it, is told.
        }
        finally
        {
            Volatile.Write(ref _flushing, false);
        }
    }
}
