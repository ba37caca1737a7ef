using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Assay;

/// <summary>What stands behind a lone run: its store, the lease that shows it lives, its journal.</summary>
internal sealed class TrackedSession : ICaptureTarget, IDisposable
{
    private readonly StorageBackend _storage;
    private readonly string _journalName;
    private readonly Lease _lease;
    private readonly JournalAppender _file;
    private readonly Action<JsonBuffer> _writeStart;
    private bool _begun;
    private bool _disposed;

    public TrackedSession(string name, byte[]? parameters, byte[]? metadata, TrackOptions options)
    {
        (Name, Clock) = (name, options.Clock);
        RunId = BinaryPrimitives.ReadUInt128BigEndian(RandomNumberGenerator.GetBytes(16));
        _storage = ReplayEnvironment.Storage(options.Store, options.Clock);
        Lines = new LineEnvelope(name);
        Notices = new Notices(ProgressDisplay.ErrorConsole(ProgressMode.None));
        StoreDescription.Ensure(_storage, options.Clock);
        string id = Fingerprint.Hex(RunId);
        _journalName = JournalInfo.NameOf(id);
        JournalPath = _storage.Locate(JournalArea.Runs, _journalName);
        _lease = _storage.TryTakeLease(id, LeaseKind.Writer, options.Clock, out _)
            ?? throw new StoreException($"the lease '{id}' in '{_storage.Address}' is taken although its name is new; start again, and check the clock and the file system of the store.");
        SessionCode code;
        try
        {
            CleaningLease.AwaitEnd(_storage, options.Clock, Notices.Warn);
            // Before a branch is made: a run that is killed in between leaves a journal without a line, which tells a cleanup whose branch that is.
            _file = _storage.CreateJournal(_journalName, durable: false);
            code = CodeRecord.Read(_storage.Address, options.Snapshot, id, Notices.Warn);
        }
        catch
        {
            if (_file is not null) Forget();
            _lease.Dispose();
            throw;
        }

        _writeStart = line => RunStartLine.WriteLone(line, Lines, RunId, parameters, metadata, options.Tags, code, _storage.RealAddress, Clock.GetUtcNow());
        Journal = new JournalWriter(Begin, options.Durability, _ => { });
        LiveRuns.Add(this);
    }

    public string Name { get; }

    public UInt128 RunId { get; }

    public string JournalPath { get; }

    public LineEnvelope Lines { get; }

    public JournalWriter Journal { get; }

    public LiveSeries Series { get; } = new();

    public TimeProvider Clock { get; }

    public Notices Notices { get; }

    public StoredArtifact PutArtifact(Func<StorageBackend, StoredArtifact> put) => put(_storage);

    public void WriteStart(JsonBuffer line) => _writeStart(line);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        LiveRuns.Remove(this);
        Series.Dispose();
        Journal.Close(LateSync.Take);
        if (!_begun) Forget();
        // The disk did not take the first line. What was made in git for the run is known by its lock alone.
        if (_begun && _file.IsEmpty) _lease.Abandon();
        else _lease.Dispose();
    }

    private JournalAppender Begin()
    {
        _begun = true;
        return _file;
    }

    // Nothing was ever written: a journal without a line belongs to no run.
    private void Forget()
    {
        _file.Dispose();
        try
        {
            _storage.DeleteJournal(JournalArea.Runs, _journalName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // An empty journal is harmless; a cleanup deletes it.
        }
    }
}
