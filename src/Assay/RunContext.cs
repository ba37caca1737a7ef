using Microsoft.Extensions.Logging;

namespace Assay;

/// <summary>
/// The live side of a run, handed to the operation: its seeds, its cancellation, and everything it can record. Safe to use from
/// several threads of the operation. Once the run has ended or timed out, every recording call throws <see cref="CaptureException"/>.
/// </summary>
public sealed partial class RunContext : IEndedRun
{
    private readonly Lock _gate = new();
    private readonly RunSession _session;
    private readonly RunWorkspace _workspace;
    private readonly long _startedAt;
    private CancellationTokenSource? _cancellation;
    private RunLogger? _logger;
    private string? _scratch;
    // Kept apart from its source: threads that outlive the run still ask for it.
    private CancellationToken _token = new(canceled: true);
    private bool _ended;
    private bool _released;

    internal RunContext(RunSession session, RunWorkspace workspace, PlannedRun planned, int attempt)
    {
        (_session, _workspace, Planned, Attempt) = (session, workspace, planned, attempt);
        _startedAt = session.Clock.GetTimestamp();
    }

    /// <summary>The run's id: 32 lower-case hexadecimal digits.</summary>
    public string Id => Fingerprint.Hex(Planned.Id);

    /// <summary>Name of the experiment.</summary>
    public string Experiment => _session.Plan.Name;

    /// <summary>The run's place in the plan: point × replicates + replicate.</summary>
    public long Index => Planned.Index;

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt { get; }

    /// <summary>The run's seeds; all randomness of the operation should come from here.</summary>
    public SeedBundle Seeds => Planned.Seed;

    /// <summary>
    /// Cancelled when the run times out, when the program is told to stop at once (a second Ctrl-C), or when the caller's token asks for it.
    /// An operation that passes it on ends early; one that ignores it is left behind.
    /// </summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_gate)
            {
                if (_cancellation is null && !_released)
                {
                    _cancellation = CancellationTokenSource.CreateLinkedTokenSource(_session.CancelRuns);
                    _token = _cancellation.Token;
                    if (_ended) _cancellation.Cancel();
                }

                return _token;
            }
        }
    }

    /// <summary>A folder of the run's own for temporary files; made when first asked for and removed with everything in it when the run ends.</summary>
    public string ScratchFolder
    {
        get
        {
            lock (_gate)
            {
                ThrowIfEnded();
                return _scratch ??= Directory.CreateTempSubdirectory("assay-run-").FullName;
            }
        }
    }

    /// <summary>A logger whose messages become log lines of the run.</summary>
    public ILogger Logger
    {
        get { lock (_gate) return _logger ??= new RunLogger(this); }
    }

    /// <summary>Throws <see cref="OperationCanceledException"/> when the run should stop; it is then recorded as cancelled.</summary>
    public void ThrowIfCancelled() => CancellationToken.ThrowIfCancellationRequested();

    /// <summary>
    /// A value that all runs of this process share, such as a data set in memory: made by the first run that asks for it, then reused. It must
    /// depend only on the experiment's context and must not be changed by runs.
    /// </summary>
    /// <param name="name">Which value; one per name and session.</param>
    /// <param name="create">Makes it; called once. If it throws, every run that asks fails with the same error.</param>
    public T Shared<T>(string name, Func<T> create) where T : notnull => _session.Shared.Get(name, create);

    /// <summary>Whether this session has not tried the run before.</summary>
    internal bool IsFirstAttempt { get; init; }

    internal PlannedRun Planned { get; }

    internal RunSession Session => _session;

    internal RunStatus Status { get; private set; }

    internal RunError? Error { get; private set; }

    internal TimeSpan Duration { get; private set; }

    bool IEndedRun.IsFirstAttempt => IsFirstAttempt;

    RunStatus IEndedRun.Status => Status;

    RunError? IEndedRun.Error => Error;

    TimeSpan IEndedRun.Duration => Duration;

    IReadOnlyDictionary<string, object?> IEndedRun.MetricsSoFar
    {
        get { lock (_gate) return _metrics.ToDictionary(); }
    }

    /// <summary>When the run has to be over, as a timestamp of the session's clock; null without a timeout.</summary>
    internal long? Deadline { get; init; }

    /// <summary>Writes the run_start line.</summary>
    internal void Start()
    {
        JsonBuffer line = _workspace.Line;
        lock (_gate)
        {
            line.Clear();
            _session.WriteStart(line, Planned, Attempt, _workspace);
            _session.Journal.Append(line.Written);
        }
    }

    /// <summary>Ends the run once: the first caller decides, later ones (an operation that returns after its timeout) are refused.</summary>
    /// <returns>Whether this call ended it.</returns>
    internal bool TryEnd(RunStatus status, RunError? error, bool final, TimeSpan? duration = null)
    {
        lock (_gate)
        {
            if (_ended) return false;
            FlushSeries(all: true);
            _ended = true;
            (Status, Error, Duration) = (status, error, duration ?? Elapsed);
            JsonBuffer line = _workspace.Line;
            line.Clear();
            WriteEnd(line);
            _session.Journal.Append(line.Written, final ? this : null);
        }

        return true;
    }

    /// <summary>Ends the run without a trace in the journal, because the journal itself has failed.</summary>
    internal void Abandon()
    {
        lock (_gate) _ended = true;
    }

    internal void Cancel()
    {
        CancellationTokenSource source;
        lock (_gate)
        {
            if (_released) return;
            source = _cancellation ??= new CancellationTokenSource();
            _token = source.Token;
        }

        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The operation has returned meanwhile.
        }
    }

    /// <summary>Frees what the run held; called after the operation has really returned.</summary>
    internal void Release()
    {
        lock (_gate) _released = true;
        _cancellation?.Dispose();
        if (_scratch is null) return;
        try
        {
            Directory.Delete(_scratch, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _session.Notices.Once("scratch", $"the scratch folder '{_scratch}' could not be removed: {fault.Message} Delete it by hand.");
        }
    }

    private TimeSpan Elapsed => _session.Clock.GetElapsedTime(_startedAt);

    private void ThrowIfEnded()
    {
        if (_ended)
            throw new CaptureException($"run {Id} has ended ({Status.ToString().ToLowerInvariant()}); nothing more can be recorded in it. Await all work before the operation returns.");
    }

    private void WriteEnd(JsonBuffer line)
    {
        _session.Lines.Open(line, Planned.Id, "run_end"u8);
        line.Raw("{\"status\":\""u8).Raw(RunStatusText.Of(Status)).Raw("\",\"attempt\":"u8).Integer(Attempt);
        line.Raw(",\"duration_ms\":"u8).Real(Math.Round(Duration.TotalMilliseconds, 4)).Raw(",\"metrics\":"u8);
        _metrics.Write(line);
        if (_tags is not null)
        {
            line.Raw(",\"tags\":"u8);
            JsonValues.Strings(line, _tags);
        }

        if (Error is not null)
        {
            line.Raw(",\"error\":"u8);
            Error.Write(line);
        }

        line.Raw((byte)'}');
        JournalLines.Close(line, _session.Clock.GetUtcNow(), Duration);
    }
}
