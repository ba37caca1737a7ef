using System.Globalization;
using System.Security.Cryptography;

namespace Assay;

/// <summary>
/// Writes one journal of derived values; without values there is none. A line is with the operating system when <see cref="Append"/>
/// returns, and on the disk with the first line that comes a second later, or on dispose. Thread-safe.
/// </summary>
internal sealed class DerivedJournal(StorageBackend storage, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly JsonBuffer _line = new();
    private readonly Dictionary<string, LineEnvelope> _envelopes = new(StringComparer.Ordinal);
    private JournalAppender? _file;
    private long _syncedAt;

    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Append(DerivedLine line, RunRecord run)
    {
        lock (_gate)
        {
            if (!_envelopes.TryGetValue(run.Experiment, out LineEnvelope? envelope))
                _envelopes.Add(run.Experiment, envelope = new LineEnvelope(run.Experiment));
            _line.Clear();
            line.Write(_line, envelope, run.StartedAt);
            _file ??= Create();
            _file.Append(_line.Written);
            if (clock.GetElapsedTime(_syncedAt) < SyncEvery) return;
            _file.Sync();
            _syncedAt = clock.GetTimestamp();
        }
    }

    /// <exception cref="StoreException">The disk does not confirm what was written.</exception>
    public void Dispose()
    {
        lock (_gate)
        {
            using JournalAppender? file = _file;
            file?.Sync();
        }
    }

    private JournalAppender Create()
    {
        string time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _syncedAt = clock.GetTimestamp();
        return storage.CreateJournal(JournalArea.Derived, JournalInfo.NameOf($"{time}-derive-{random}"));
    }
}
