namespace Assay;

/// <summary>The progress of an experiment. The engine writes it; displays read it at any time.</summary>
internal sealed class RunCounters(Claims claims, int workers)
{
    private long _started;
    private long _succeeded;
    private long _failed;
    private long _cancelled;

    public long Total => claims.Total;
    public long DoneBefore => claims.DoneBefore;
    public long LeftOut => claims.LeftOut;
    public long Duplicates => claims.Duplicates;
    public long Succeeded => Interlocked.Read(ref _succeeded);
    public long Failed => Interlocked.Read(ref _failed);
    public long Cancelled => Interlocked.Read(ref _cancelled);

    /// <summary>The runs that succeeded or failed in this session. A cancelled run is not done.</summary>
    public long DoneNow => Succeeded + Failed;

    /// <summary>The runs that are done, left out or the same as another run: never more than the total.</summary>
    public long Done => DoneNow + DoneBefore + LeftOut + Duplicates;

    public bool Stopped => claims.Stopped;

    /// <summary>Whether no run has been started in this session.</summary>
    public bool IsIdle => Interlocked.Read(ref _started) == 0;

    /// <summary>The live runs. A run that has returned and is not kept yet is not counted in addition to its successor.</summary>
    public long Running => Math.Clamp(Interlocked.Read(ref _started) - DoneNow - Cancelled, 0, workers);

    public IEndedRun? Latest { get; private set; }

    public void Started(IEndedRun run)
    {
        if (run.IsFirstAttempt) Interlocked.Increment(ref _started);
    }

    public void Finished(IEndedRun run)
    {
        switch (run.Status)
        {
            case RunStatus.Success: Interlocked.Increment(ref _succeeded); break;
            case RunStatus.Failed: Interlocked.Increment(ref _failed); break;
            default: Interlocked.Increment(ref _cancelled); break;
        }

        Latest = run;
    }
}

/// <summary>Stops the experiment after too many failures, or when the first runs all fail alike and this code has never worked.</summary>
internal sealed class FailureWatch(RunOptions options, StopControl stop, bool hasWorked)
{
    private readonly Lock _gate = new();
    private long _ended;
    private long _failed;
    private volatile bool _allAlike = !hasWorked;

    public RunError? First { get; private set; }

    public void Ended(IEndedRun run)
    {
        // After the first success, further ones need no lock.
        if (run.Status == RunStatus.Cancelled || (run.Status == RunStatus.Success && !_allAlike)) return;
        lock (_gate)
        {
            _ended++;
            bool isEarly = _ended <= options.StopWhenFirstFail;
            _allAlike &= run.Status == RunStatus.Failed && (First is null || !isEarly || First.Signature == run.Error!.Signature);
            if (run.Status != RunStatus.Failed) return;
            First ??= run.Error!;
            if (++_failed >= options.StopAfterFailures)
                stop.StopFor($"{_failed} runs have failed, the most allowed by StopAfterFailures", First);
            if (_allAlike && _ended == options.StopWhenFirstFail)
                stop.StopFor($"the first {_ended} runs all failed in the same way", First);
        }
    }
}
