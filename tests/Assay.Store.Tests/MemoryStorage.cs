using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Assay.StoreTests;

/// <summary>A store in the memory of one process, as an example of a backend.</summary>
public sealed class MemoryStorage(string address) : StorageBackend
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(JournalArea Area, string Name), MemoryJournal> _journals = [];
    private readonly ConcurrentDictionary<string, (byte[] Content, DateTimeOffset WrittenAt)> _artifacts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MemoryLease> _leases = new(StringComparer.Ordinal);
    private byte[]? _description;

    public override string Address => address;

    public override string CacheFolder { get; } = Path.Combine(Path.GetTempPath(), "assay-memory-" + Path.GetRandomFileName());

    public override byte[]? ReadDescription() => _description;

    public override void WriteDescription(ReadOnlySpan<byte> description) => _description = description.ToArray();

    public override IReadOnlyList<JournalInfo> ListJournals(JournalArea area)
    {
        lock (_gate)
        {
            return [.. _journals.Where(j => j.Key.Area == area).OrderBy(j => j.Key.Name, StringComparer.Ordinal)
                .Select(j => j.Value.Info(j.Key.Name))];
        }
    }

    public override string Locate(JournalArea area, string name) => $"{address}/{area}/{name}";

    public override JournalAppender CreateJournal(JournalArea area, string name, bool durable = true)
    {
        var journal = new MemoryJournal();
        Add(area, name, journal);
        return new MemoryAppender(journal, Locate(area, name));
    }

    public override void WriteJournal(JournalArea area, string name, Action<Stream> write)
    {
        using var lines = new MemoryStream();
        write(lines);
        var journal = new MemoryJournal();
        journal.Append(lines.ToArray());
        Add(area, name, journal);
    }

    public override JournalSource OpenJournal(JournalArea area, string name)
    {
        lock (_gate) return _journals.TryGetValue((area, name), out MemoryJournal? journal)
            ? new MemorySource(journal)
            : throw new IOException($"there is no journal '{name}'");
    }

    public override void DeleteJournal(JournalArea area, string name)
    {
        lock (_gate) _journals.Remove((area, name));
    }

    public override void Settle(JournalArea area)
    {
        // Memory is never on the disk.
    }

    public override StoredArtifact PutArtifact(Stream content)
    {
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
        _artifacts[sha256] = (bytes.ToArray(), DateTimeOffset.UtcNow);
        return FindArtifact(sha256)!.Value;
    }

    public override StoredArtifact? FindArtifact(string sha256) =>
        _artifacts.TryGetValue(sha256, out (byte[] Content, DateTimeOffset WrittenAt) artifact)
            ? new StoredArtifact(sha256, artifact.Content.Length, artifact.WrittenAt)
            : null;

    public override Stream? OpenArtifact(string sha256) =>
        _artifacts.TryGetValue(sha256, out (byte[] Content, DateTimeOffset WrittenAt) artifact)
            ? new MemoryStream(artifact.Content, writable: false)
            : null;

    public override IEnumerable<StoredArtifact> ListArtifacts() =>
        _artifacts.Select(a => new StoredArtifact(a.Key, a.Value.Content.Length, a.Value.WrittenAt));

    public override void DeleteArtifact(string sha256) => _artifacts.TryRemove(sha256, out _);

    public override Lease? TryTakeLease(string name, LeaseKind kind, TimeProvider clock, out LeaseHolder? holder)
    {
        var lease = new MemoryLease(this, name, LeaseHolder.ThisProcess(clock.GetUtcNow()));
        MemoryLease held = _leases.GetOrAdd(name, lease);
        holder = held == lease ? null : held.Holder;
        return held == lease ? lease : null;
    }

    public override bool IsLeased(string name, TimeProvider clock) => _leases.ContainsKey(name);

    public override bool IsLeasedHere(string name) => _leases.ContainsKey(name);

    public override LeaseHolder? FindHolder(string name) => _leases.GetValueOrDefault(name)?.Holder;

    public override IReadOnlyList<string> ListLeases() => [.. _leases.Keys.Order(StringComparer.Ordinal)];

    public override void RemoveLeftovers(TimeProvider clock)
    {
        // A process that ends leaves no memory behind.
    }

    private void Add(JournalArea area, string name, MemoryJournal journal)
    {
        lock (_gate)
        {
            if (!_journals.TryAdd((area, name), journal))
                throw new StoreException($"the journal '{name}' exists already; expected a new name.");
        }
    }

    private sealed class MemoryJournal
    {
        private readonly Lock _gate = new();
        private byte[] _bytes = [];
        private long _changedAt = DateTimeOffset.UtcNow.UtcTicks;

        public int Length
        {
            get { lock (_gate) return _bytes.Length; }
        }

        public void Append(ReadOnlySpan<byte> lines)
        {
            lock (_gate) (_bytes, _changedAt) = ([.. _bytes, .. lines], DateTimeOffset.UtcNow.UtcTicks);
        }

        public int Read(Span<byte> buffer, long offset)
        {
            lock (_gate)
            {
                int count = (int)Math.Clamp(_bytes.Length - offset, 0, buffer.Length);
                if (count > 0) _bytes.AsSpan((int)offset, count).CopyTo(buffer);
                return count;
            }
        }

        public JournalInfo Info(string name)
        {
            lock (_gate) return new JournalInfo(name, _bytes.Length, _changedAt);
        }
    }

    private sealed class MemoryAppender(MemoryJournal journal, string location) : JournalAppender
    {
        public override string Location => location;

        public override bool IsEmpty => journal.Length == 0;

        public override bool IsOnDisk => true;

        public override void Append(ReadOnlySpan<byte> lines) => journal.Append(lines);

        public override void Sync()
        {
            // Memory is never on the disk.
        }

        protected override void Dispose(bool disposing)
        {
            // The journal belongs to the storage.
        }
    }

    private sealed class MemorySource(MemoryJournal journal) : JournalSource
    {
        public override long Length => journal.Length;

        public override int Read(Span<byte> buffer, long offset) => journal.Read(buffer, offset);

        protected override void Dispose(bool disposing)
        {
            // The journal belongs to the storage.
        }
    }

    private sealed class MemoryLease(MemoryStorage storage, string name, LeaseHolder holder) : Lease
    {
        public LeaseHolder Holder => holder;

        public override bool Lost => false;

        public override void WhenLost(Action<LeaseHolder> report)
        {
            // Nobody but this process sees the lease.
        }

        public override void Abandon() => Dispose();

        protected override void Dispose(bool disposing) => storage._leases.TryRemove(KeyValuePair.Create(name, this));
    }
}
