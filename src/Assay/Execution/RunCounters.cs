namespace Assay;

/// <summary>How far an experiment is. Written by the engine, read by displays at any time.</summary>
internal sealed class RunCounters(Claims claims, int workers)
{
    private long _started;
    private long _succeeded;
    private long _failed;
    private long _cancelled;

    public long Total => claims.Total;

    public long Skipped => claims.Skipped;

    public long Duplicates => claims.Duplicates;

    public long Succeeded => Interlocked.Read(ref _succeeded);

    public long Failed => Interlocked.Read(ref _failed);

    public long Cancelled => Interlocked.Read(ref _cancelled);

    /// <summary>Ended in this session.</summary>
    public long Ended => Succeeded + Failed + Cancelled;

    /// <summary>Succeeded or failed in this session: a cancelled run is not done.</summary>
    public long DoneNow => Succeeded + Failed;

    /// <summary>Done now, skipped or the same as another run: never more than the total.</summary>
    public long Done => DoneNow + Skipped + Duplicates;

    /// <summary>Whether no further run starts: what is not done by then is left undone.</summary>
    public bool Stopped => claims.Stopped;

    /// <summary>Under way; runs that have returned and wait to be kept are not counted twice.</summary>
    public long Running => Math.Clamp(Interlocked.Read(ref _started) - Ended, 0, workers);

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
