namespace Assay;

/// <summary>Decides about the early end: stopping lets no further run start, cancelling also ends the live ones. Thread-safe.</summary>
internal sealed class StopControl(Action stopSource, TimeProvider clock, TimeSpan grace) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _stopping = new(false);
    private RunSession? _session;
    private long? _forceAt;

    /// <summary>The reason for an end because of failed runs; otherwise null.</summary>
    public (string Reason, RunError Error)? Failure { get; private set; }

    /// <summary>The fault of the store that ended the experiment; otherwise null.</summary>
    public StoreException? Broken { get; private set; }

    /// <summary>Any other fault that ended the experiment, for example of the user's space; otherwise null.</summary>
    public Exception? Fault { get; private set; }

    public bool Stopping => _stopping.IsSet;

    /// <summary>Whether the time for cancelled runs to end is over.</summary>
    public bool MustForce
    {
        get { lock (_gate) return _forceAt is { } at && clock.GetTimestamp() >= at; }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Sets the session whose runs <see cref="Cancel"/> cancels.</summary>
    public void Attach(RunSession session) => _session = session;

    public void Stop()
    {
        stopSource();
        _stopping.Set();
    }

    public void Cancel()
    {
        Stop();
        lock (_gate) _forceAt ??= clock.GetTimestamp() + (long)(grace.TotalSeconds * clock.TimestampFrequency);
        _session?.CancelAll();
    }

    public void StopFor(string reason, RunError error)
    {
        lock (_gate) Failure ??= (reason, error);
        Stop();
    }

    public void Break(StoreException fault)
    {
        lock (_gate) Broken ??= fault;
        Cancel();
    }

    /// <summary>Ends the experiment for a fault that is no failure of a run. Live runs may end, unless the store is broken.</summary>
    public void EndFor(Exception fault)
    {
        if (fault is StoreException broken)
        {
            Break(broken);
            return;
        }

        lock (_gate) Fault ??= fault;
        Stop();
    }

    /// <summary>Waits before a retry; returns false if the experiment stops.</summary>
    public bool Wait(TimeSpan time) => !_stopping.Wait(time);

    /// <inheritdoc cref="Wait"/>
    public async Task<bool> WaitAsync(TimeSpan time)
    {
        long end = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
        while (!Stopping && clock.GetTimestamp() < end)
        {
            double left = clock.GetElapsedTime(clock.GetTimestamp(), end).TotalMilliseconds;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(left, 1, 50)));
        }

        return !Stopping;
    }
}
