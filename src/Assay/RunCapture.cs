using Microsoft.Extensions.Logging;

namespace Assay;

/// <summary>
/// The recording methods of runs of experiments (<see cref="RunContext"/>) and of lone runs (<see cref="Run"/>). Thread-safe. Every
/// recording call after the end of the run throws <see cref="CaptureException"/>.
/// </summary>
public abstract partial class RunCapture
{
    private protected readonly Lock Gate = new();
    private readonly ICaptureTarget _target;
    private readonly JsonBuffer _line;
    private readonly long _startedAt;
    private RunLogger? _logger;
    private string? _scratch;
    private bool _ended;

    private protected RunCapture(ICaptureTarget target, UInt128 runId, int attempt, JsonBuffer line)
    {
        (_target, RunId, Attempt, _line) = (target, runId, attempt, line);
        _startedAt = target.Clock.GetTimestamp();
    }

    /// <summary>The run's id: 32 lower-case hexadecimal digits.</summary>
    public string Id => Fingerprint.Hex(RunId);

    /// <summary>The number of the attempt, from 1.</summary>
    public int Attempt { get; }

    /// <summary>A folder for temporary files. The first access creates it; the end of the run deletes it with its content.</summary>
    public string ScratchFolder
    {
        get
        {
            lock (Gate)
            {
                ThrowIfEnded();
                return _scratch ??= Directory.CreateTempSubdirectory("assay-run-").FullName;
            }
        }
    }

    /// <summary>A logger whose messages become log lines of the run.</summary>
    public ILogger Logger
    {
        get { lock (Gate) return _logger ??= new RunLogger(this); }
    }

    internal RunStatus Status { get; private set; }
    internal RunError? Error { get; private set; }
    internal TimeSpan Duration { get; private set; }
    private protected UInt128 RunId { get; }
    private protected TimeSpan Elapsed => _target.Clock.GetElapsedTime(_startedAt);

    internal IReadOnlyDictionary<string, object?> MetricsSoFar
    {
        get { lock (Gate) return new OrderedDictionary<string, object?>(_metrics, StringComparer.Ordinal); }
    }

    private protected bool HasEnded
    {
        get { lock (Gate) return _ended; }
    }

    /// <summary>Writes the run_start line.</summary>
    private protected void Start(Action<JsonBuffer> write)
    {
        lock (Gate)
        {
            _line.Clear();
            write(_line);
            HandOver(_line.Written, token: null);
        }
    }

    /// <summary>Ends the run. Only the first call has an effect; an operation may return after its timeout has ended the run.</summary>
    /// <returns>Whether this call ended the run.</returns>
    private protected bool TryEnd(RunError? error, TimeSpan? duration, object? token)
    {
        lock (Gate)
        {
            if (_ended) return false;
            WriteSeries(all: true);
            _ended = true;
            if (_series is not null) _target.Series.Remove(this);
            (Status, Error, Duration) = (AttemptError.Status(error), error, duration ?? Elapsed);
            _line.Clear();
            RunEndLine.Write(
                _line, _target.Lines, RunId, Status, Attempt, Duration, json => MetricValue.WriteAll(json, _metrics), _tags, Error,
                _target.Clock.GetUtcNow());
            HandOver(_line.Written, token);
            return true;
        }
    }

    /// <summary>Passes the run's first or last line to the journal.</summary>
    private protected virtual void HandOver(ReadOnlySpan<byte> line, object? token) => _target.Journal.Append(line, token);

    /// <summary>Ends the run without a line in the journal, because the journal has failed.</summary>
    internal void Abandon()
    {
        lock (Gate) _ended = true;
    }

    private protected void RemoveScratch()
    {
        // A run may be failed and then disposed.
        if (Interlocked.Exchange(ref _scratch, null) is not { } scratch) return;
        try
        {
            Directory.Delete(scratch, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _target.Notices.Once("scratch",
                $"the scratch folder '{scratch}' could not be removed: {ExceptionText.Sentence(fault)} Delete it by hand.");
        }
    }

    private protected void ThrowIfEnded()
    {
        if (_ended)
            throw new CaptureException($"run {Id} has ended ({Status.ToString().ToLowerInvariant()}); nothing more can be recorded in it. "
                + "Await all work before the run ends.");
    }
}

/// <summary>The destination of what a run records.</summary>
internal interface ICaptureTarget
{
    LineEnvelope Lines { get; }
    JournalWriter Journal { get; }
    LiveSeries Series { get; }
    TimeProvider Clock { get; }
    Notices Notices { get; }

    StoredArtifact PutArtifact(Func<StorageBackend, StoredArtifact> put);
}

/// <summary>An <see cref="ILogger"/> whose messages become log lines of one run. Scopes are not kept.</summary>
internal sealed class RunLogger(RunCapture run) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        string message = formatter(state, exception);
        run.Log(exception is null ? message : $"{message}\n{Secrets.Masked(ExceptionText.Text(exception))}", logLevel);
    }

    public static ReadOnlySpan<byte> LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace"u8,
        LogLevel.Debug => "debug"u8,
        LogLevel.Warning => "warning"u8,
        LogLevel.Error => "error"u8,
        LogLevel.Critical => "critical"u8,
        _ => "information"u8,
    };
}
