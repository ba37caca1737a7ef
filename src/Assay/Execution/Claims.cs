namespace Assay;

/// <summary>A run to execute and the number of its first attempt in this session.</summary>
internal readonly record struct ClaimedRun(PlannedRun Run, int Attempt)
{
    /// <summary>The number of the attempt before a retry; the first retry has the number 1.</summary>
    public int AttemptOf(int retry) => Attempt + retry - 1;
}

/// <summary>The source of runs for workers. Thread-safe.</summary>
internal interface IRunSource
{
    bool TryNext(RunWorkspace workspace, out ClaimedRun claimed);
}

/// <summary>Hands out the runs of a plan in order, each once, except those that the resume mode excludes.</summary>
internal sealed class Claims(Plan plan, KnownRuns known, RunOptions options) : IRunSource
{
    private readonly long _first = options.Only ?? 0;
    private readonly long _limit = options.Only + 1 ?? Math.Min(plan.Count, options.Head ?? long.MaxValue);
    private readonly HashSet<long>? _chosen = options.Indices is { } chosen ? [.. chosen] : null;
    private long _next = options.Only ?? 0;
    private long _doneBefore;
    private long _leftOut;
    private long _duplicates;
    private volatile bool _stopped;

    /// <summary>The number of runs to consider: the whole plan, its head, or a single run.</summary>
    public long Total => _limit - _first;

    /// <summary>The number of runs that had succeeded already and are not executed again.</summary>
    public long DoneBefore => Interlocked.Read(ref _doneBefore);

    /// <summary>The number of other runs that the resume mode excludes.</summary>
    public long LeftOut => Interlocked.Read(ref _leftOut);

    /// <summary>The number of indices with the same run as an earlier index.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>The first run that had succeeded already under this code; null for none.</summary>
    public UInt128? FirstDone { get; private set; }

    public bool Stopped => _stopped;

    public void Stop() => _stopped = true;

    public bool TryNext(RunWorkspace workspace, out ClaimedRun claimed)
    {
        while (!_stopped)
        {
            long index = Interlocked.Increment(ref _next) - 1;
            if (index >= _limit) break;
            if (_chosen?.Contains(index) == false)
            {
                Interlocked.Increment(ref _leftOut);
                continue;
            }

            PlannedRun run = At(index, workspace);
            bool doneElsewhere = known.AcceptedId(run, workspace) is not null;
            lock (known.Gate)
            {
                ref RunTable.Entry entry = ref known.Table[run.Id];
                if (entry.Claimed)
                {
                    _duplicates++;
                    continue;
                }

                entry.Claimed = true;
                if (!doneElsewhere && Wanted(entry, options.Resume))
                {
                    claimed = new ClaimedRun(run, entry.Attempts + 1);
                    return true;
                }

                if (entry.HasSucceeded) FirstDone ??= run.Id;
                if (doneElsewhere || entry.HasSucceeded) _doneBefore++;
                else Interlocked.Increment(ref _leftOut);
            }
        }

        claimed = default;
        return false;
    }

    private PlannedRun At(long index, RunWorkspace workspace)
    {
        try
        {
            return plan.At(index, workspace);
        }
        catch (Exception fault)
        {
            // The space, its factory or its filter is the user's code.
            throw new AssayException($"run {index} of '{plan.Title}' (point {index / plan.Seeds.Replicates}) could not be made: "
                + $"{ExceptionText.Sentence(fault)} Mend the space and run again; finished runs are kept.", fault);
        }
    }

    /// <summary>Whether a run is executed in a mode.</summary>
    public static bool Wanted(in RunTable.Entry entry, ResumeMode mode) => mode switch
    {
        ResumeMode.All => true,
        ResumeMode.Missing => entry.EndedAttempt == 0 || !entry.HasStart,
        ResumeMode.Failed => entry.EndedAttempt > 0 && entry.Status == RunStatus.Failed,
        _ => !entry.HasSucceeded || !entry.HasStart,
    };
}
