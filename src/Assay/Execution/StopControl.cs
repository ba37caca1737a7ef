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

    /// <summary>The fault that ended the experiment, of the store before any other, such as of the user's space; otherwise null.</summary>
    public Exception? Fault { get; private set; }

    public bool IsStoreBroken => Fault is StoreException;

    public bool Stopping => _stopping.IsSet;

    /// <summary>Whether the time for cancelled runs to end is over.</summary>
    public bool MustForce
    {
        get { lock (_gate) return _forceAt is { } at && clock.GetTimestamp() >= at; }
    }

    public void Dispose() => _stopping.Dispose();

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

    /// <summary>Ends the experiment for a fault that is no failure of a run. Live runs may end, unless the store is broken.</summary>
    public void EndFor(Exception fault)
    {
        lock (_gate)
        {
            if (Fault is null || (fault is StoreException && !IsStoreBroken)) Fault = fault;
        }

        if (fault is StoreException) Cancel();
        else Stop();
    }

    /// <summary>Waits before a retry; returns false if the experiment stops.</summary>
    public bool Wait(TimeSpan time) => !_stopping.Wait(time);

    public async Task<bool> WaitAsync(TimeSpan time)
    {
        long start = clock.GetTimestamp();
        while (!Stopping && time - clock.GetElapsedTime(start) is { Ticks: > 0 } left)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(left.TotalMilliseconds, 1, 50)));

        return !Stopping;
    }
}
