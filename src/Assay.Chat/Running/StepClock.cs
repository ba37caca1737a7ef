namespace Assay.Chat;

/// <summary>
/// Measures the time of a part of a run. What the part waits for a free place or for the end of a pause between retries does not count,
/// because it says nothing of the part. Thread-safe.
/// </summary>
internal sealed class StepClock : IDisposable
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _expired;
    private readonly ITimer _timer;
    private long _start;
    private TimeSpan _paused;
    private long _pausedAt;
    private int _pauses;

    public StepClock(TimeSpan limit, TimeProvider clock, CancellationToken run)
    {
        (_limit, _clock, _start) = (limit, clock, clock.GetTimestamp());
        _expired = CancellationTokenSource.CreateLinkedTokenSource(run);
        Expired = _expired.Token;
        _timer = clock.CreateTimer(_ => Check(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to measure the next part.</summary>
    public void Restart()
    {
        lock (_gate) (_start, _paused) = (_clock.GetTimestamp(), TimeSpan.Zero);
        _timer.Change(_limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time is over or the run is cancelled.</summary>
    public CancellationToken Expired { get; }

    public bool IsOver { get; private set; }

    public void Pause()
    {
        lock (_gate)
        {
            if (_pauses++ == 0) _pausedAt = _clock.GetTimestamp();
        }
    }

    public void Resume()
    {
        lock (_gate)
        {
            if (--_pauses == 0) _paused += _clock.GetElapsedTime(_pausedAt);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (!IsOver) _expired.Dispose();
        }
    }

    private void Check()
    {
        lock (_gate)
        {
            TimeSpan used = _clock.GetElapsedTime(_start) - _paused - (_pauses > 0 ? _clock.GetElapsedTime(_pausedAt) : TimeSpan.Zero);
            if (used < _limit)
            {
                _timer.Change(TimeSpan.FromTicks(Math.Max((_limit - used).Ticks, ShortestWait.Ticks)), Timeout.InfiniteTimeSpan);
                return;
            }

            IsOver = true;
        }

        // Outside of the lock, because callbacks of the token are the user's code.
        _expired.Cancel();
    }
}
