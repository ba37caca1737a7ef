namespace Assay;

/// <summary>
/// The live side of a run, handed to the operation: its seeds, its cancellation, and everything it can record. Safe to use from
/// several threads of the operation. Once the run has ended or timed out, every recording call throws <see cref="CaptureException"/>.
/// </summary>
public sealed class RunContext : RunCapture, IEndedRun
{
    private readonly RunSession _session;
    private readonly RunWorkspace _workspace;
    private CancellationTokenSource? _cancellation;
    // Kept apart from its source: threads that outlive the run still ask for it.
    private CancellationToken _token = new(canceled: true);
    private bool _released;

    internal RunContext(RunSession session, RunWorkspace workspace, PlannedRun planned, int attempt) : base(session, planned.Id, attempt, workspace.Line) =>
        (_session, _workspace, Planned) = (session, workspace, planned);

    /// <summary>Name of the experiment.</summary>
    public string Experiment => _session.Plan.Name;

    /// <summary>The run's place in the plan: point × replicates + replicate.</summary>
    public long Index => Planned.Index;

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
            lock (Gate)
            {
                if (_cancellation is null && !_released)
                {
                    _cancellation = CancellationTokenSource.CreateLinkedTokenSource(_session.CancelRuns);
                    _token = _cancellation.Token;
                    if (HasEnded) _cancellation.Cancel();
                }

                return _token;
            }
        }
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

    bool IEndedRun.IsFirstAttempt => IsFirstAttempt;

    RunStatus IEndedRun.Status => Status;

    RunError? IEndedRun.Error => Error;

    TimeSpan IEndedRun.Duration => Duration;

    IReadOnlyDictionary<string, object?> IEndedRun.MetricsSoFar => MetricsSoFar;

    /// <summary>When the run has to be over, as a timestamp of the session's clock; null without a timeout.</summary>
    internal long? Deadline { get; init; }

    /// <summary>Writes the run_start line.</summary>
    internal void Start() => Start(line => _session.WriteStart(line, Planned, Attempt, _workspace));

    /// <inheritdoc cref="RunCapture.TryEnd"/>
    internal bool TryEnd(RunStatus status, RunError? error, bool final, TimeSpan? duration = null)
    {
        if (!TryEnd(status, error, duration, final ? this : null)) return false;
        if (final) _session.CountEnd(this);
        return true;
    }

    internal void Cancel()
    {
        CancellationTokenSource source;
        lock (Gate)
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
        lock (Gate) _released = true;
        _cancellation?.Dispose();
        RemoveScratch();
    }
}
