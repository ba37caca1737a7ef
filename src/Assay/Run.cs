namespace Assay;

/// <summary>
/// A run that stands alone: any program records what it does, without an experiment around it. It has a journal of its own in the store, is found by the same commands as the
/// runs of experiments, and knows the exact code that made it. Thread-safe. Works in any program, in a test, in a notebook, and after a change of the current folder.
/// </summary>
/// <remarks>
/// Disposing ends the run: as a success, or as failed when an exception is leaving the <c>using</c> block. A run that is not disposed before its process ends is interrupted;
/// what it recorded until then stays. Everything recorded is with the operating system within a few milliseconds, and at once after <see cref="Flush"/>, <see cref="Fail(Exception)"/>
/// and <see cref="Dispose"/>.
/// </remarks>
/// <example>
/// <code>
/// using var run = Run.Start("training", metadata: new { hparams = new { lr = 0.03 } });
/// for (int step = 0; step &lt; 5; step++) run.Track(new { step, loss = 1.0 / (step + 1) }, note: "after each step");
/// </code>
/// </example>
public sealed class Run : RunCapture, IDisposable
{
    // As long as an experiment's may be: both stand in every line and in the same column of lists.
    private const int LongestTitle = 200;

    private readonly TrackedSession _session;
    private readonly nint _unwinding;

    private Run(TrackedSession session) : base(session, session.RunId, attempt: 1, new JsonBuffer())
    {
        _session = session;
        _unwinding = Unwinding.Exception;
        Start(session.WriteStart);
    }

    /// <summary>What the run was called when it was started.</summary>
    public string Name => _session.Name;

    /// <summary>The run's journal, an absolute path.</summary>
    public string Journal => _session.JournalPath;

    /// <summary>Starts a run.</summary>
    /// <param name="name">What is run; runs of one name are compared with each other. Not blank, at most 200 characters.</param>
    /// <param name="parameters">What was chosen for this run, as named values: an anonymous object, a record or a dictionary. Default: none.</param>
    /// <param name="metadata">Anything worth knowing later, in the same forms. Default: none.</param>
    /// <param name="options">Store, snapshot and the like. Default: <see cref="TrackOptions.Default"/>.</param>
    /// <exception cref="CaptureException">The name is blank or too long, or a value cannot be serialised (the message names its path). Nothing was written.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static Run Start(string name, object? parameters = null, object? metadata = null, TrackOptions? options = null)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new CaptureException($"the run has the name '{name}'; expected a name that is not blank.");
        if (name.Length > LongestTitle) throw new CaptureException($"the run has a name of {name.Length:N0} characters, which begins with '{name[..50]}'; expected at most {LongestTitle}. Put what tells runs of one name apart into their parameters or metadata.");
        byte[]? chosen = Named(parameters, "parameters"), facts = Named(metadata, "metadata");
        var session = new TrackedSession(name, chosen, facts, options ?? TrackOptions.Default);
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

    /// <summary>Records any value: numbers, text, arrays, dictionaries, records, anonymous objects, nested as deep as 64. NaN and infinities are kept.</summary>
    /// <param name="value">What to record.</param>
    /// <param name="note">What the value means, for whoever reads it later.</param>
    /// <exception cref="CaptureException">The value cannot be serialised; the message names the path to the trouble. The run goes on.</exception>
    public void Track(object? value, string? note = null)
    {
        JsonBuffer json = Plain(value, "the tracked value");
        WriteLine("track"u8, line => line.Raw(json.Written), note);
    }

    /// <summary>Ends the run as failed. Disposing it afterwards does nothing.</summary>
    /// <param name="exception">Why.</param>
    public void Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        End(RunStatus.Failed, RunError.Of(exception));
    }

    /// <summary>Ends the run as failed, where there is no exception to tell of.</summary>
    /// <param name="reason">Why, in words.</param>
    public void Fail(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        End(RunStatus.Failed, new RunError("exception", "", reason, null));
    }

    /// <summary>Returns when everything recorded so far is with the operating system: it then survives the end of the process, however it comes.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Flush()
    {
        FlushSeries();
        _session.Journal.Flush();
    }

    /// <summary>Ends the run, unless it has ended: as a success, or as failed when an exception is leaving the block the run was started in.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Dispose()
    {
        bool thrown = Unwinding.Exception is not 0 and var now && now != _unwinding;
        End(thrown ? RunStatus.Failed : RunStatus.Success, thrown ? Unwinding.Latest : null);
    }

    // Start and end are with the operating system when the calls that make them return.
    private protected override void HandOver(ReadOnlySpan<byte> line, object? token) => _session.Journal.Write(line, token);

    private void End(RunStatus status, RunError? error)
    {
        try
        {
            TryEnd(status, error, duration: null, token: null);
        }
        finally
        {
            RemoveScratch();
            _session.Dispose();
        }
    }

    private static byte[]? Named(object? values, string what)
    {
        if (values is null) return null;
        JsonBuffer json = Plain(values, $"the {what}");
        return json.Written[0] == (byte)'{' ? json.ToArray() : throw new CaptureException(
            $"the {what} are a {FullTypeName.Of(values.GetType())}; expected named values: an anonymous object, a record or a dictionary.");
    }
}
