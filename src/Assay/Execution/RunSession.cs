using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Assay;

/// <summary>The execution of a plan, or of a share of it, in one process: the source of the runs, their journal, and their end.</summary>
internal sealed class RunSession : ICaptureTarget, IDisposable
{
    private static readonly JsonSerializerOptions SnakeCase =
        new(DataForm.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = null };

    private readonly CancellationTokenSource _cancelRuns = new();
    private readonly Lock _reporting = new();
    private readonly Lazy<SessionCode> _code;
    private readonly Lazy<byte[]> _startTail;
    private readonly DateTimeOffset _startedAt;
    private PlannedRun? _first;
    private Lease? _lease;

    public RunSession(
        Plan plan, StorageBackend storage, RunOptions options, IRunSource source, StopControl stop, Notices notices, IKeptRuns kept)
    {
        (Plan, Storage, Options, Source, Stop, Notices, Kept) = (plan, storage, options, source, stop, notices, kept);
        // Abandoned runs read the token after its source is disposed.
        CancelRuns = _cancelRuns.Token;
        Lines = new LineEnvelope(plan.Name);
        // The first run starts before the journal is created, and must not look older than its session.
        _startedAt = Clock.GetUtcNow();
        // The state of the code is read for the first run only, because it takes time and may create a snapshot.
        _code = new Lazy<SessionCode>(() => Code ?? CodeRecord.Read(storage.Address, options.Snapshot, NewName(), notices.Warn));
        byte[]? metadata = plan.Metadata.Count == 0 ? null : CanonicalWriter.Plain(plan.Metadata.ToDictionary()).ToArray();
        _startTail = new Lazy<byte[]>(() => RunStartLine.CommonPart(plan.Tags, metadata, _code.Value));
        // The coordinator of worker processes executes no run itself.
        if (options.SystemMetrics && options.Executor is not WorkerProcesses) Sampler = new SystemSampler(Clock);
        Journal = new JournalWriter(CreateJournal, options.Durability, runs => runs.ForEach(run => Report((IEndedRun)run)));
        stop.Attach(this);
    }

    public Plan Plan { get; }
    public StorageBackend Storage { get; }
    public RunOptions Options { get; }
    public IRunSource Source { get; }
    public StopControl Stop { get; }
    public Notices Notices { get; }
    public IKeptRuns Kept { get; }
    public JournalWriter Journal { get; }
    public LiveSeries Series { get; } = new();
    public LineEnvelope Lines { get; }
    public SharedValues Shared { get; } = new();
    public AbandonedRuns Abandoned { get; } = new();

    /// <summary>Null unless the load of the machine is recorded.</summary>
    public SystemSampler? Sampler { get; }

    public TimeProvider Clock => Options.Clock;

    /// <summary>The number of this call of RunAsync for the experiment, from 1.</summary>
    public int Call { get; init; } = 1;

    /// <summary>In a worker, the state of the code that the coordinator read.</summary>
    public SessionCode? Code { get; init; }

    /// <summary>Called with the name of the journal before its first line is written.</summary>
    public Action<string>? JournalMade { get; init; }

    /// <summary>The number of runs executed at the same time, at most the number of runs.</summary>
    public int Workers => (int)Math.Clamp(Plan.Count, 1, Options.Workers);

    /// <summary>Cancelled when the live runs should end.</summary>
    public CancellationToken CancelRuns { get; }

    /// <summary>Executes the runs, and returns when all that ended are kept or the journal is broken.</summary>
    public void Execute()
    {
        Options.Executor.Execute(this);
        Journal.Dispose();
        if (Journal.Fault is { } fault) Stop.EndFor(fault);
    }

    public void CancelAll()
    {
        try
        {
            // Callbacks of the token are the user's code; they run on other threads.
            _ = _cancelRuns.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // An abandoned run failed after the end of the session.
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
        Sampler?.Add(run);
        if (!isReported) Kept.Started(run);
        return run;
    }

    /// <summary>The error of a run whose operation has returned; null for none.</summary>
    public RunError? ErrorOf(RunContext run, RunWorkspace workspace)
    {
        Plan.CheckUnchanged(run.Planned, workspace);
        return CheckInputs();
    }

    public RunError ErrorOf(Exception fault, RunContext run) => Journal.Fault is { } broken ? throw broken : AttemptError.Of(fault, run);

    /// <summary>Whether a failed attempt is made again; asks the user's code.</summary>
    public bool IsRetried(RunError? error, int retry) => Options.Retries.Allows(error, retry, Notices) && !Stop.Stopping;

    /// <summary>Verifies the input files. If one has changed, the run is not valid, and the experiment ends.</summary>
    public RunError? CheckInputs(bool thorough = false)
    {
        try
        {
            Plan.Inputs.Check(thorough);
            return null;
        }
        catch (AssayException fault)
        {
            Stop.EndFor(fault);
            return RunError.Of(fault, "infrastructure");
        }
    }

    /// <summary>Writes an artifact. If the store cannot be written, the experiment ends, because every later run would fail.</summary>
    public StoredArtifact PutArtifact(Func<StorageBackend, StoredArtifact> put)
    {
        try
        {
            return put(Storage);
        }
        catch (StoreException fault)
        {
            Stop.EndFor(fault);
            throw;
        }
    }

    /// <summary>Counts and reports a run whose end is kept already.</summary>
    public void CountAndReport(IEndedRun run)
    {
        Kept.Ended(run);
        Report(run);
    }

    public WorkOrder WorkOrder(string pipe) =>
        new(pipe, Plan.Title, Call, Storage.Address, Plan.Count, Plan.Identity.Code, Plan.Identity.Context) { State = _code.Value };

    public void WriteStart(JsonBuffer line, PlannedRun run, int attempt, RunWorkspace workspace)
    {
        if (_first is null) Interlocked.CompareExchange(ref _first, run, null);
        IReadOnlyList<KeyValuePair<string, object?>> labels = Plan.Labels(run);
        var start = new RunStart
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
        };
        RunStartLine.Write(
            line, Lines, start, json => Plan.WriteParams(run, workspace, json),
            labels.Count > 0 ? CanonicalWriter.Plain(new OrderedDictionary<string, object?>(labels, StringComparer.Ordinal)).Written : [],
            _startTail.Value, Clock.GetUtcNow());
    }

    public void Dispose()
    {
        Sampler?.Dispose();
        Series.Dispose();
        Journal.Dispose();
        _lease?.Dispose();
        Shared.Dispose(Notices);
        _cancelRuns.Dispose();
    }

    // The ends of worker processes are reported by several threads.
    private void Report(IEndedRun run)
    {
        lock (_reporting) Kept.Finished(run);
    }

    /// <summary>Leaves the line of a session that only reused finished runs: its code ran last, whatever else ran before.</summary>
    /// <param name="run">One of these runs.</param>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void RecordReuse(UInt128 run)
    {
        // Of the git state nothing: no run refers to it, and a snapshot would be kept for nothing.
        using JournalAppender journal = CreateJournal(run, Describe(new SessionCode(null, null, null)) with { ReusesRuns = true }, out _);
        journal.Sync();
    }

    // Called for the first line.
    private JournalAppender CreateJournal()
    {
        JournalAppender file = CreateJournal(_first!.Id, Describe(_code.Value), out string name);
        JournalMade?.Invoke(name);
        return file;
    }

    // Takes the lease of the writer and writes session_start.
    private JournalAppender CreateJournal(UInt128 first, SessionStart start, out string name)
    {
        string writer = NewName();
        _lease = Storage.TryTakeLease(writer, LeaseKind.Writer, Clock, out _)
            ?? throw new StoreException($"the lease '{writer}' in '{Storage.Address}' is taken although its name is new; run again, and "
                + "check the clock and the file system of the store.");
        CleaningLease.AwaitEnd(Storage, Clock, Notices.Warn);
        name = JournalInfo.NameOf(writer);
        JournalAppender file = Storage.CreateJournal(name);
        var line = new JsonBuffer();
        SessionStartLine.Write(line, Lines, first, start, _startedAt);
        file.Append(line.Written);
        return file;
    }

    private SessionStart Describe(SessionCode code) => new()
    {
        Version = Plan.Version,
        Description = Plan.Description,
        Code = code,
        Store = Storage.RealAddress,
        ContextFingerprint = Plan.Identity.Context,
        CodeFingerprint = Plan.Identity.Code,
        CodeMode = Plan.Code.Mode.ToString().ToLowerInvariant(),
        CodeValue = Plan.Code.Value,
        CodeMembers = Plan.Code.Members,
        Captured = Plan.Code.Captured,
        Context = Plan.ContextJson,
        Runs = Plan.Count,
        Points = Plan.PointCount,
        Replicates = Plan.Seeds.Replicates,
        Seed = Plan.Seeds.Base,
        MixPoint = Plan.Seeds.MixPoint,
        Space = JsonSerializer.SerializeToUtf8Bytes(Plan.SpaceDescription, SnakeCase),
        Parallel = Options.Workers,
        Resume = Options.Resume.ToString().ToLowerInvariant(),
    };

    // The names sort by time and are unique.
    private string NewName()
    {
        string time = Clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string slug = new([.. Plan.Name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        return $"{time}-{slug}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
    }
}

/// <summary>Receives starts and ends; must not throw. <see cref="Finished"/> is called by one thread at a time.</summary>
internal interface IKeptRuns
{
    void Started(IEndedRun run);

    /// <summary>Called when the last attempt has ended, before its end is kept, so that failures stop the experiment in time.</summary>
    void Ended(IEndedRun run);

    void Finished(IEndedRun run);
}

/// <summary>The values that the runs of a process share.</summary>
internal sealed class SharedValues
{
    private readonly ConcurrentDictionary<string, Lazy<object>> _values = new(StringComparer.Ordinal);

    public T Get<T>(string name, Func<T> create) where T : notnull
    {
        object value = _values.GetOrAdd(name, _ => new Lazy<object>(() => create())).Value;
        return value is T typed ? typed : throw new AssayException($"the shared value '{name}' is a {FullTypeName.Of(value.GetType())}; "
            + $"expected a {FullTypeName.Of(typeof(T))}. Use one name for one value.");
    }

    /// <summary>Disposes the disposable values. All runs are kept already, so a fault of the user's code is a warning.</summary>
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
                string cause = $"{fault.GetType().Name}: {ExceptionText.Sentence(fault)}";
                notices.Warn($"disposing the shared value '{name}' failed: {cause} The runs are kept.");
            }
        }
    }
}
