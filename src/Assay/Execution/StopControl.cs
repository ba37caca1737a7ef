namespace Assay;

/// <summary>
/// The one place that decides about ending early: a request, too many failures, or a broken store. Stopping means that no further run starts;
/// cancelling also ends those under way. Thread-safe.
/// </summary>
internal sealed class StopControl(Action stopSource, TimeProvider clock, TimeSpan grace) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _stopping = new(false);
    private RunSession? _session;
    private long? _forceAt;

    /// <summary>Why the experiment ends early because of failures; null otherwise.</summary>
    public (string Reason, RunError Error)? Failure { get; private set; }

    /// <summary>The fault of the store that ended it; null otherwise.</summary>
    public StoreException? Broken { get; private set; }

    /// <summary>Something else than a run broke, for example the user's space; null otherwise.</summary>
    public Exception? Fault { get; private set; }

    public bool Stopping => _stopping.IsSet;

    /// <summary>Whether cancelled runs have had their time to end by themselves.</summary>
    public bool MustForce
    {
        get { lock (_gate) return _forceAt is { } at && clock.GetTimestamp() >= at; }
    }

    public void Dispose() => _stopping.Dispose();

    public void Attach(RunSession session)
    {
        _session = session;
        session.StoreBroken = Break;
    }

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

    public void Crash(Exception fault)
    {
        // Runs under way are not to blame and may end.
        lock (_gate) Fault ??= fault;
        Stop();
    }

    /// <summary>Waits before a retry.</summary>
    /// <returns>False when the wait was cut short by a stop.</returns>
    public bool Wait(TimeSpan time) => !_stopping.Wait(time);

    /// <inheritdoc cref="Wait"/>
    public async Task<bool> WaitAsync(TimeSpan time)
    {
        long end = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
        while (!Stopping && clock.GetTimestamp() < end)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(clock.GetElapsedTime(clock.GetTimestamp(), end).TotalMilliseconds, 1, 50)));
        return !Stopping;
    }
}
