namespace Assay;

/// <summary>
/// A lone run: any program can record what it does, without an experiment. The run has a journal of its own in the store, is found by the
/// same commands as the runs of experiments, and identifies the exact code that made it. Thread-safe.
/// </summary>
/// <remarks>
/// Disposing ends the run: as failed if an exception is leaving the <c>using</c> block, otherwise as a success. A run that is not disposed
/// is ended, with a warning, when its process ends in order: as a success if the exit code is 0, otherwise as failed. If the process is
/// killed or ends by an unhandled exception, the run is interrupted; it keeps what it recorded, but for metrics without a step, which are
/// written when it ends. Recorded values reach the operating system within a few milliseconds,
/// and immediately with <see cref="Flush"/>, <see cref="Fail(Exception)"/> and <see cref="Dispose"/>.
/// </remarks>
/// <example>
/// <code>
/// using var run = Run.Start("training", metadata: new { hparams = new { lr = 0.03 } });
/// for (int step = 0; step &lt; 5; step++) run.Track(new { step, loss = 1.0 / (step + 1) }, note: "after each step");
/// </code>
/// </example>
public sealed class Run : RunCapture, IDisposable
{
    private readonly TrackedSession _session;
    private readonly nint _unwinding;

    private Run(TrackedSession session) : base(session, session.RunId, attempt: 1, new JsonBuffer())
    {
        _session = session;
        _unwinding = Unwinding.Exception;
        Start(session.WriteStart);
        session.Sampler?.Add(this);
        UndisposedRuns.Add(this);
    }

    /// <summary>The name of the run.</summary>
    public string Name => _session.Name;

    /// <summary>The absolute path of the run's journal.</summary>
    public string Journal => _session.JournalPath;

    /// <summary>Starts a run.</summary>
    /// <param name="name">The name; runs of one name are compared with each other. Not blank, at most 200 characters.</param>
    /// <param name="parameters">The parameters: an anonymous object, a record or a dictionary. Default: none.</param>
    /// <param name="metadata">Further properties of the run, in the same forms. Default: none.</param>
    /// <param name="options">The store, the snapshot of the code and the like. Default: <see cref="TrackOptions.Default"/>.</param>
    /// <exception cref="CaptureException">The name is blank or too long, or a value cannot be serialised (the message gives its path).
    /// Nothing has been written.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static Run Start(string name, object? parameters = null, object? metadata = null, TrackOptions? options = null)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new CaptureException($"the run has the name '{name}'; expected a name that is not "
            + "blank.");
        if (name.Length > PlanBuilder.MaxNameLength)
            throw new CaptureException($"the run has a name of {name.Length:N0} characters, which begins with '{name[..50]}'; expected at "
                + $"most {PlanBuilder.MaxNameLength}. Put what tells runs of one name apart into their parameters or metadata.");
        byte[]? parametersJson = Named(parameters, "parameters"), metadataJson = Named(metadata, "metadata");
        var session = new TrackedSession(name, parametersJson, metadataJson, options ?? TrackOptions.Default);
        try
        {
            return new Run(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Records a number, text, array, dictionary, record or anonymous object, up to 50 levels deep. NaN and ±∞ are kept.</summary>
    /// <param name="value">The value.</param>
    /// <param name="note">A description of the value for later readers.</param>
    /// <exception cref="CaptureException">The value cannot be serialised; the message gives its path. The run continues.</exception>
    public void Track(object? value, string? note = null)
    {
        JsonBuffer json = Plain(value, "the tracked value");
        WriteLine("track"u8, line => line.Raw(json.Written), note);
    }

    /// <summary>Ends the run as failed. Disposing it afterwards has no effect.</summary>
    /// <param name="exception">The cause.</param>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        End(RunError.Of(exception));
    }

    /// <summary>Ends the run as failed, for a failure without an exception.</summary>
    /// <param name="reason">The cause in words.</param>
    public void Fail(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        End(new RunError("exception", "", Secrets.Masked(reason), null));
    }

    /// <summary>Returns when the operating system has everything recorded so far, which then survives any end of the process.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Flush()
    {
        FlushSeries(all: true);
        _session.Journal.Flush();
    }

    /// <summary>Ends the run, unless it has ended: as failed if an exception is leaving the block, otherwise as a success.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Dispose()
    {
        bool thrown = Unwinding.Exception is not 0 and var now && now != _unwinding;
        End(thrown ? Unwinding.Latest : null);
    }

    // The operating system has the first and the last line when the calls that write them return.
    private protected override void HandOver(ReadOnlySpan<byte> line, object? token) => _session.Journal.Write(line, token);

    /// <summary>Ends the run and closes its session. Returns whether this call ended it.</summary>
    internal bool End(RunError? error)
    {
        try
        {
            _session.Sampler?.Remove(this);
            return TryEnd(error, duration: null, token: null);
        }
        finally
        {
            RemoveScratch();
            _session.Dispose();
            UndisposedRuns.Remove(this);
        }
    }

    private static byte[]? Named(object? values, string what)
    {
        if (values is null) return null;
        JsonBuffer json = Plain(values, $"the {what}");
        return json.Written[0] == (byte)'{' ? json.ToArray() : throw new CaptureException($"the {what} are a "
            + $"{FullTypeName.Of(values.GetType())}; expected named values: an anonymous object, a record or a dictionary.");
    }
}

/// <summary>The options of recording a lone run. Immutable; use <c>with</c> for a changed copy.</summary>
public sealed record TrackOptions
{
    /// <summary>The defaults.</summary>
    public static TrackOptions Default { get; } = new();

    /// <inheritdoc cref="RunOptions.Store"/>
    public string? Store { get; init; }

    /// <summary>The snapshot of uncommitted code. Default: a branch <c>run/ID</c>, which <c>git checkout</c> accepts by its name.</summary>
    public SnapshotOptions Snapshot { get; init; } = SnapshotOptions.Branch;

    /// <summary>The tags of the run. Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The time at which recorded values reach the disk. Default: within a second.</summary>
    public Durability Durability { get; init; } = Durability.Second;

    /// <inheritdoc cref="RunOptions.SystemMetrics"/>
    public bool SystemMetrics { get; init; }

    /// <summary>The source of times. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
