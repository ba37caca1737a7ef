using System.Collections.Concurrent;

namespace Assay;

/// <summary>One process's share of running a plan: where runs come from, where their lines go, and when to stop.</summary>
internal sealed class RunSession : ICaptureTarget, IDisposable
{
    private readonly CancellationTokenSource _cancelRuns = new();
    private readonly Lock _telling = new();
    private readonly StorageBackend _storage;
    private readonly Lazy<SessionCode> _code;
    private readonly Lazy<byte[]> _startTail;
    private readonly SessionJournal _sessionJournal;
    private PlannedRun? _first;

    public RunSession(Plan plan, StorageBackend storage, RunOptions options, IFileHasher files, IRunSource source, Notices notices, IKeptRuns kept)
    {
        _storage = storage;
        // Kept, because runs that were left behind ask for it when its source is gone.
        CancelRuns = _cancelRuns.Token;
        (Plan, Options, Files, Source, Notices, Kept) = (plan, options, files, source, notices, kept);
        Lines = new LineEnvelope(plan.Name);
        // Only when a run is due: asking git takes time, and a snapshot leaves a trace.
        _code = new Lazy<SessionCode>(() => Code ?? CodeRecord.Read(storage.Address, options.Snapshot, SessionJournal.Name(plan, options.Clock), notices.Warn));
        _startTail = new Lazy<byte[]>(() => RunStartLine.CommonPart(plan.Tags, MetadataOf(plan), _code.Value));
        _sessionJournal = new SessionJournal(storage, plan, options, _code, notices);
        Journal = new JournalWriter(CreateJournal, options.Durability, OnKept);
    }

    public Plan Plan { get; }

    public RunOptions Options { get; }

    public IFileHasher Files { get; }

    public IRunSource Source { get; }

    public Notices Notices { get; }

    public IKeptRuns Kept { get; }

    public StorageBackend Storage => _storage;

    public JournalWriter Journal { get; }

    public LiveSeries Series { get; } = new();

    public LineEnvelope Lines { get; }

    /// <summary>Which call of RunAsync for this experiment the session is, from 1.</summary>
    public int Call { get; init; } = 1;

    /// <summary>The code state as the coordinator read it; null in the coordinator itself.</summary>
    public SessionCode? Code { get; init; }

    /// <summary>Is told when the store can no longer take what runs record.</summary>
    public Action<StoreException> StoreBroken { get; set; } = _ => { };

    /// <summary>Whether the store, and not an operation, is the reason of a fault.</summary>
    public bool IsStoreBroken { get; private set; }

    /// <summary>Is told the journal's path when the first line makes it, before that line is written.</summary>
    public Action<string>? JournalMade { get; init; }

    public SharedValues Shared { get; } = new();

    /// <summary>How many runs at once: never more than there are.</summary>
    public int Workers => (int)Math.Clamp(Plan.Count, 1, Options.Workers);

    public TimeProvider Clock => Options.Clock;

    /// <summary>Cancelled when runs under way should end.</summary>
    public CancellationToken CancelRuns { get; }

    public void CancelAll()
    {
        try
        {
            // Callbacks on the token are the user's code: they may block or throw, but not here.
            _ = _cancelRuns.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // A run that was left behind ends, and fails, when the session is over: nobody is left to be cancelled.
        }
    }

    /// <summary>Begins an attempt and passes its run_start to the journal. A worker process may have reported the start already.</summary>
    public RunContext Begin(RunWorkspace workspace, ClaimedRun claimed, int retry, bool isReported = false)
    {
        // The state of the code is read before the time of the run counts.
        _ = _startTail.Value;
        var run = new RunContext(this, workspace, claimed.Run, claimed.AttemptOf(retry))
        {
            Deadline = Options.Timeout is { } limit ? Clock.GetTimestamp() + (long)(limit.TotalSeconds * Clock.TimestampFrequency) : null,
            IsFirstAttempt = retry == 1,
        };
        run.Start();
        if (!isReported) Kept.Started(run);
        return run;
    }

    /// <summary>The outcome of a run whose operation has returned.</summary>
    public RunOutcome OutcomeOf(RunContext run, RunWorkspace workspace, StopControl stop)
    {
        Plan.CheckUnchanged(run.Planned, workspace);
        return CheckInputs(RunOutcome.Success, stop);
    }

    /// <summary>The outcome of a run whose operation threw.</summary>
    public RunOutcome OutcomeOf(Exception fault, RunContext run) => Journal.Fault is { } broken ? throw broken : RunOutcome.Of(fault, run);

    /// <summary>Writes a blob; a store that cannot take it ends the experiment, because every later run would fail for nothing.</summary>
    public StoredArtifact PutArtifact(Func<StorageBackend, StoredArtifact> put)
    {
        try
        {
            return put(_storage);
        }
        catch (StoreException fault)
        {
            IsStoreBroken = true;
            StoreBroken(fault);
            throw;
        }
    }

    /// <summary>A run after which an input file is no longer the one it was identified by has no valid outcome, and neither would the next.</summary>
    public RunOutcome CheckInputs(RunOutcome outcome, StopControl stop, bool thorough = false)
    {
        try
        {
            Plan.Inputs.Check(thorough);
            return outcome;
        }
        catch (AssayException fault)
        {
            stop.EndFor(fault);
            return new RunOutcome(RunStatus.Failed, RunError.Of(fault, "infrastructure"));
        }
    }

    /// <summary>Counts a run that has come to its end, kept or not yet: whether to go on is decided at once, however late the disk is. Thread-safe.</summary>
    public void CountEnd(IEndedRun run) => Kept.Ended(run);

    /// <summary>Counts and tells of a run whose end is kept already.</summary>
    public void CountAndTell(IEndedRun run)
    {
        CountEnd(run);
        Tell(run);
    }

    /// <summary>Tells of a run whose end is kept. Thread-safe: the ends of worker processes come from many places.</summary>
    public void Tell(IEndedRun run)
    {
        lock (_telling) Kept.Finished(run);
    }

    public WorkOrder WorkOrder(string pipe) => new(pipe, Plan.Title, Call, _storage.Address, Plan.Count, Plan.Identity.Code, Plan.Identity.Context) { State = _code.Value };

    public void WriteStart(JsonBuffer line, PlannedRun run, int attempt, RunWorkspace workspace)
    {
        if (_first is null) Interlocked.CompareExchange(ref _first, run, null);
        IReadOnlyList<KeyValuePair<string, object?>> labels = Plan.Labels(run);
        RunStartLine.Write(
            line, Lines,
            new RunStart
            {
                Id = run.Id,
                Index = run.Index,
                Attempt = attempt,
                Version = Plan.Version,
                Seed = run.Seed.Base,
                Replicate = run.Seed.Replicate,
                Point = run.Seed.Point,
                ParamsFingerprint = run.ParamsFingerprint,
                ContextFingerprint = Plan.Identity.ContextBytes,
                CodeFingerprint = Plan.Identity.CodeBytes,
            },
            json => Plan.WriteParams(run, workspace, json),
            labels.Count > 0 ? CanonicalWriter.Plain(new OrderedDictionary<string, object?>(labels, StringComparer.Ordinal)).Written : [],
            _startTail.Value,
            Clock.GetUtcNow());
    }

    private static byte[]? MetadataOf(Plan plan) =>
        plan.Metadata.Count == 0 ? null : CanonicalWriter.Plain(plan.Metadata.ToDictionary()).ToArray();

    public void Dispose()
    {
        Series.Dispose();
        Journal.Dispose();
        _sessionJournal.Dispose();
        Shared.Dispose(Notices);
        _cancelRuns.Dispose();
    }

    private JournalAppender CreateJournal()
    {
        JournalAppender file = _sessionJournal.Create(_first!.Id);
        JournalMade?.Invoke(_sessionJournal.JournalName);
        return file;
    }

    private void OnKept(List<object> runs)
    {
        foreach (object run in runs) Tell((IEndedRun)run);
    }
}

/// <summary>
/// Is told of runs as they start, as their last attempt ends, and as that is kept. <see cref="Finished"/> comes one call at a time; neither it nor <see cref="Ended"/> may throw.
/// </summary>
internal interface IKeptRuns
{
    void Started(IEndedRun run);

    void Ended(IEndedRun run);

    void Finished(IEndedRun run);
}

/// <summary>Values the runs of a process share. Disposes those that can be.</summary>
internal sealed class SharedValues
{
    private readonly ConcurrentDictionary<string, Lazy<object>> _values = new(StringComparer.Ordinal);

    public T Get<T>(string name, Func<T> create) where T : notnull
    {
        object value = _values.GetOrAdd(name, _ => new Lazy<object>(() => create())).Value;
        return value is T typed ? typed : throw new AssayException(
            $"the shared value '{name}' is a {FullTypeName.Of(value.GetType())}; expected a {FullTypeName.Of(typeof(T))}. Use one name for "
                + "one value.");
    }

    /// <summary>Disposes what can be disposed. All runs are kept by now: a fault of the user's code here costs nothing and is told.</summary>
    public void Dispose(Notices notices)
    {
        foreach ((string name, Lazy<object> value) in _values)
        {
            try
            {
                if (!value.IsValueCreated) continue;
                if (value.Value is IAsyncDisposable later) later.DisposeAsync().AsTask().GetAwaiter().GetResult();
                else (value.Value as IDisposable)?.Dispose();
            }
            catch (Exception fault)
            {
                notices.Warn($"disposing the shared value '{name}' failed: {fault.GetType().Name}: {ExceptionText.Sentence(fault)} The "
                    + "runs are kept.");
            }
        }
    }
}
