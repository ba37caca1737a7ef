using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Assay;

/// <summary>What stands behind a lone run: its store, the lock that shows it lives, its journal.</summary>
internal sealed class TrackedSession : ICaptureTarget, IDisposable
{
    private readonly StoreLayout _layout;
    private readonly ArtifactFolder _artifacts;
    private readonly StoreLock _lock;
    private readonly Action<JsonBuffer> _writeStart;
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
        CleaningLock.AwaitEnd(_layout, options.Clock);
        CodeRecord code = CodeRecord.Read(_layout, options.Snapshot, id, Notices);
        _writeStart = line => TrackLines.WriteStart(line, this, parameters, metadata, options.Tags, code);
        Journal = new JournalWriter(() => JournalFile.Create(JournalPath, syncFolder: false), options.Durability, _ => { });
        LiveRuns.Add(this);
    }

    public string Name { get; }

    public UInt128 RunId { get; }

    public string JournalPath { get; }

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
        _lock.Dispose();
    }
}
