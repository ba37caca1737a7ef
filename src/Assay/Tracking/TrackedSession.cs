using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Assay;

/// <summary>The resources of a lone run: its store, its journal, and the lease that shows that its process lives.</summary>
internal sealed class TrackedSession : ICaptureTarget, IDisposable
{
    private readonly StorageBackend _storage;
    private readonly string _journalName;
    private readonly Lease _lease;
    private readonly JournalAppender _file;
    private bool _begun;
    private bool _disposed;

    // Before the first run exists, because runs may end in other handlers of the event.
    static TrackedSession() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        UndisposedRuns.End();
        LateSync.End();
    };

    public TrackedSession(string name, byte[]? parameters, byte[]? metadata, TrackOptions options)
    {
        (Name, Clock) = (name, options.Clock);
        RunId = BinaryPrimitives.ReadUInt128BigEndian(RandomNumberGenerator.GetBytes(16));
        _storage = ReplayEnvironment.Storage(options.Store, options.Clock);
        Lines = new LineEnvelope(name);
        StoreDescription.Ensure(_storage, options.Clock);
        string id = Fingerprint.Hex(RunId);
        _journalName = JournalInfo.NameOf(id);
        JournalPath = _storage.Locate(JournalArea.Runs, _journalName);
        _lease = _storage.TryTakeLease(id, LeaseKind.Writer, options.Clock, out _)
            ?? throw new StoreException($"the lease '{id}' in '{_storage.Address}' is taken although its name is new; start again, and "
                + "check the clock and the file system of the store.");
        SessionCode code;
        try
        {
            CleaningLease.AwaitEnd(_storage, options.Clock, Notices.Warn);
            // The journal is created before a branch in git: if the process is killed in between, the empty journal tells a cleanup that
            // the branch belongs to no run.
            _file = _storage.CreateJournal(_journalName, durable: false);
            code = CodeRecord.Read(_storage.Address, options.Snapshot, id, Notices.Warn);
        }
        catch
        {
            if (_file is not null) DeleteEmptyJournal();
            _lease.Dispose();
            throw;
        }

        RecordedSecrets.WarnOf(Notices, parameters, metadata);
        WriteStart = line => RunStartLine.WriteLone(
            line, Lines, RunId, parameters, metadata, options.Tags, code, _storage.RealAddress, Clock.GetUtcNow());
        Journal = new JournalWriter(Begin, options.Durability, _ => { });
        if (options.SystemMetrics) Sampler = new SystemSampler(Clock);
    }

    public string Name { get; }
    public UInt128 RunId { get; }
    public string JournalPath { get; }
    public LineEnvelope Lines { get; }
    public JournalWriter Journal { get; }
    public LiveSeries Series { get; } = new();
    public SystemSampler? Sampler { get; }
    public TimeProvider Clock { get; }
    public Notices Notices { get; } = Notices.ToStandardError();
    public Action<JsonBuffer> WriteStart { get; }

    public StoredArtifact PutArtifact(Func<StorageBackend, StoredArtifact> put) => put(_storage);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        Sampler?.Dispose();
        Series.Dispose();
        Journal.Close(LateSync.Take);
        if (!_begun) DeleteEmptyJournal();
        // If the disk did not accept the first line, the lock alone tells a cleanup what was made in git for the run.
        if (_begun && _file.IsEmpty) _lease.Abandon();
        else _lease.Dispose();
    }

    private JournalAppender Begin()
    {
        _begun = true;
        return _file;
    }

    private void DeleteEmptyJournal()
    {
        _file.Dispose();
        try
        {
            _storage.DeleteJournal(JournalArea.Runs, _journalName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // An empty journal has no effect, and a cleanup deletes it.
        }
    }
}

/// <summary>Detects that <c>Dispose</c> is called because an exception leaves a block.</summary>
internal static class Unwinding
{
    // A weak reference, because the thread may live much longer than the exception.
    [ThreadStatic]
    private static WeakReference<Exception>? _latest;

    static Unwinding() => AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => _latest = new(thrown.Exception);

    /// <summary>The runtime's record of the exception that this thread handles; 0 without one, or where there is no such record.</summary>
    public static nint Exception
    {
        get
        {
            try
            {
                return Marshal.GetExceptionPointers();
            }
            catch (PlatformNotSupportedException)
            {
                return 0;
            }
        }
    }

    public static RunError Latest => _latest?.TryGetTarget(out Exception? thrown) == true ? RunError.Of(thrown)
        : new RunError("exception", "", "an exception left the block the run was started in", null);
}
