using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Assay;

/// <summary>What stands behind a lone run: its store, the lock that shows it lives, its journal.</summary>
internal sealed class TrackedSession : ICaptureTarget, IDisposable
{
    private readonly StoreLayout _layout;
    private readonly ArtifactFolder _artifacts;
    private readonly StoreLock _lock;
    private readonly JournalFile _file;
    private readonly Action<JsonBuffer> _writeStart;
    private bool _begun;
    private bool _disposed;

    public TrackedSession(string name, byte[]? parameters, byte[]? metadata, TrackOptions options)
    {
        (Name, Clock) = (name, options.Clock);
        RunId = BinaryPrimitives.ReadUInt128BigEndian(RandomNumberGenerator.GetBytes(16));
        _layout = new StoreLayout(StoreLocation.Resolve(options.Store));
        _artifacts = new ArtifactFolder(_layout);
        Lines = new JournalLines(name);
        Notices = new Notices(ProgressDisplay.ErrorConsole(ProgressMode.None));
        StoreDescription.Ensure(_layout, options.Clock);
        string id = Fingerprint.Hex(RunId);
        JournalPath = _layout.Journal(id);
        _lock = StoreLock.TryTake(_layout.WriterLock(id), options.Clock, removeOnRelease: true, out _)
            ?? throw new StoreException($"the lock '{_layout.WriterLock(id)}' is taken although its name is new; start again, and check the clock and the file system of the store.");
        CodeRecord code;
        try
        {
            CleaningLock.AwaitEnd(_layout, options.Clock, Notices.Warn);
            // Before a branch is made: a run that is killed in between leaves a journal without a line, which tells a cleanup whose branch that is.
            _file = JournalFile.Create(JournalPath, syncFolder: false);
            code = CodeRecord.Read(_layout, options.Snapshot, id, Notices);
        }
        catch
        {
            if (_file is not null) Forget();
            _lock.Dispose();
            throw;
        }

        _writeStart = line => TrackLines.WriteStart(line, this, parameters, metadata, options.Tags, code);
        Journal = new JournalWriter(Begin, options.Durability, _ => { });
        LiveRuns.Add(this);
    }

    public string Name { get; }

    public UInt128 RunId { get; }

    public string JournalPath { get; }

    /// <summary>Where the store really stands.</summary>
    public string Store => _layout.RealRoot;

    public JournalLines Lines { get; }

    public JournalWriter Journal { get; }

    public LiveSeries Series { get; } = new();

    public TimeProvider Clock { get; }

    public Notices Notices { get; }

    public (string Sha256, long Size) PutArtifact(Func<ArtifactFolder, (string Sha256, long Size)> put) => put(_artifacts);

    public void WriteStart(JsonBuffer line) => _writeStart(line);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        LiveRuns.Remove(this);
        Series.Dispose();
        Journal.Close(LateSync.Take);
        if (!_begun) Forget();
        // The disk did not take the first line. What was made in git for the run is known by its lock alone.
        if (_begun && _file.IsEmpty) _lock.Leave();
        else _lock.Dispose();
    }

    private JournalFile Begin()
    {
        _begun = true;
        return _file;
    }

    // Nothing was ever written: what is without a line is no run's.
    private void Forget()
    {
        _file.Dispose();
        StoreLeftovers.TryDelete(JournalPath);
    }
}
