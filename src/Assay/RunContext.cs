namespace Assay;

/// <summary>
/// A run while it executes, passed to the operation: its seeds, its cancellation token and the recording methods. Thread-safe. Every
/// recording call after the end or the timeout of the run throws <see cref="CaptureException"/>.
/// </summary>
public sealed class RunContext : RunCapture, IEndedRun
{
    private readonly RunWorkspace _workspace;
    private CancellationTokenSource? _cancellation;
    // Stored separately, because threads that outlive the run still read it after its source is disposed.
    private CancellationToken _token = new(canceled: true);
    private bool _released;

    internal RunContext(RunSession session, RunWorkspace workspace, PlannedRun planned, int attempt)
        : base(session, planned.Id, attempt, workspace.Line) => (Session, _workspace, Planned) = (session, workspace, planned);

    /// <summary>The name of the experiment.</summary>
    public string Experiment => Session.Plan.Name;

    /// <summary>The run's index in the plan: point × replicates + replicate.</summary>
    public long Index => Planned.Index;

    /// <summary>The run's seeds; all randomness of the operation should be derived from them.</summary>
    public SeedBundle Seeds => Planned.Seed;

    /// <summary>Where the store that the run is recorded in keeps its bytes.</summary>
    public StorageBackend Storage => Session.Storage;

    /// <summary>The source of times and timers of the session.</summary>
    public TimeProvider Clock => Session.Clock;

    /// <summary>Cancelled by the timeout, a second Ctrl-C, and the token of <c>RunAsync</c>. A run that ignores it is abandoned.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (Gate)
            {
                if (_cancellation is null && !_released)
                {
                    _cancellation = CancellationTokenSource.CreateLinkedTokenSource(Session.CancelRuns);
                    _token = _cancellation.Token;
                    if (HasEnded) _cancellation.Cancel();
                }

                return _token;
            }
        }
    }

    /// <summary>Throws <see cref="OperationCanceledException"/> if the run is cancelled; it is then recorded as cancelled.</summary>
    public void ThrowIfCancelled() => CancellationToken.ThrowIfCancellationRequested();

    /// <summary>A value that all runs of this process share. It depends on the context only, and no run may change it.</summary>
    /// <param name="name">The name of the value.</param>
    /// <param name="create">Creates the value when the first run requests it. If it throws, every run that requests it fails.</param>
    public T Shared<T>(string name, Func<T> create) where T : notnull => Session.Shared.Get(name, create);

    internal PlannedRun Planned { get; }
    internal RunSession Session { get; }

    internal bool IsFirstAttempt { get; init; }

    /// <summary>The timestamp of the session's clock at which the run times out; null without a timeout.</summary>
    internal long? Deadline { get; init; }

    bool IEndedRun.IsFirstAttempt => IsFirstAttempt;
    RunStatus IEndedRun.Status => Status;
    RunError? IEndedRun.Error => Error;
    TimeSpan IEndedRun.Duration => Duration;
    IReadOnlyDictionary<string, object?> IEndedRun.MetricsSoFar => MetricsSoFar;

    internal void Start() => Start(line => Session.WriteStart(line, Planned, Attempt, _workspace));

    /// <inheritdoc cref="RunCapture.TryEnd"/>
    internal bool TryEnd(RunError? error, bool final, TimeSpan? duration = null)
    {
        Session.Sampler?.Remove(this);
        if (!TryEnd(error, duration, final ? this : null)) return false;
        if (final) Session.Kept.Ended(this);
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
            // The operation has returned in the meantime.
        }
    }

    /// <summary>Releases the resources of the run after the operation has returned.</summary>
    internal void Release()
    {
        lock (Gate) _released = true;
        _cancellation?.Dispose();
        RemoveScratch();
    }
}
