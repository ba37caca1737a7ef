using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// The answers of models in a store, by key: those of earlier sessions, of other processes, and those that this one adds to a journal of
/// its own. An answer is with the operating system when <see cref="Append"/> returns, so a killed process loses none. Memory grows with
/// the number of answers, by about 60 bytes each. Thread-safe.
/// </summary>
/// <param name="storage">The store.</param>
/// <param name="clock">The source of times.</param>
public sealed class AnswerJournal(StorageBackend storage, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static JsonBuffer? _line;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, LineEnvelope> _envelopes = new(StringComparer.Ordinal);
    private readonly List<JournalRef> _journals = [];
    private readonly Dictionary<string, (int Number, long Read)> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, (int Journal, long Offset, int Length)> _places = [];
    private readonly Dictionary<string, Dictionary<string, ModelUsage>> _paid = new(StringComparer.Ordinal);
    private readonly List<JournalDamage> _damage = [];
    private JournalReader? _reader;
    private JournalAppender? _file;
    private string _name = "";
    private int _own;
    private long _length;
    private long? _lookedAt;
    private long _syncedAt;

    /// <summary>Lines that were skipped because they are damaged. The unfinished last line of a killed writer is none of them.</summary>
    public IReadOnlyList<JournalDamage> Damage
    {
        get { lock (_gate) return [.. _damage]; }
    }

    /// <summary>The answer of a key as JSON; null where there is none, or it must be asked for again.</summary>
    /// <exception cref="StoreException">The journal with the answer cannot be read.</exception>
    public byte[]? Find(UInt128 key)
    {
        lock (_gate)
        {
            if (!_places.TryGetValue(key, out var place))
            {
                Look();
                if (!_places.TryGetValue(key, out place)) return null;
            }

            byte[] line = _reader!.Read(place.Journal, place.Offset, place.Length);
            return LineFields.TryParse(line) is { } root
                && JsonObjects.Member(JsonObjects.Member(root, "value"), "response") is { ValueKind: JsonValueKind.Object } response
                    ? JsonMarshal.GetRawUtf8Value(response).ToArray() : null;
        }
    }

    /// <summary>What the calls of an experiment have cost in tokens, by model, in all sessions that are known.</summary>
    public IReadOnlyDictionary<string, ModelUsage> PaidBy(string experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        lock (_gate)
        {
            Look();
            return _paid.TryGetValue(experiment, out var models) ? new Dictionary<string, ModelUsage>(models) : [];
        }
    }

    /// <summary>Keeps a line.</summary>
    /// <param name="answer">The line.</param>
    /// <param name="experiment">The experiment that asked.</param>
    /// <param name="run">The id of the run that asked; zero outside of runs.</param>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Append(AnswerLine answer, string experiment, UInt128 run)
    {
        ArgumentNullException.ThrowIfNull(answer);
        JsonBuffer line = _line ??= new JsonBuffer();
        line.Clear();
        _envelopes.GetOrAdd(experiment, name => new LineEnvelope(name)).Open(line, run, "answer"u8);
        answer.Write(line);
        LineEnvelope.Close(line, clock.GetUtcNow(), TimeSpan.Zero);
        JournalAppender file;
        lock (_gate)
        {
            file = _file ??= Create();
            file.Append(line.Written);
            Take((answer, experiment, !answer.Response.IsEmpty), _own, _length, line.Length - 1);
            _length += line.Length;
            if (clock.GetElapsedTime(_syncedAt) < SyncEvery) return;
            _syncedAt = clock.GetTimestamp();
        }

        // Others append meanwhile.
        file.Sync();
    }

    /// <summary>Closes the journal; what was appended is on the disk.</summary>
    /// <exception cref="StoreException">The disk does not confirm it.</exception>
    public void Dispose()
    {
        lock (_gate)
        {
            using JournalAppender? file = _file;
            file?.Sync();
            _file = null;
        }
    }

    // Other processes append while this one runs.
    private void Look()
    {
        if (_lookedAt is { } last && clock.GetElapsedTime(last) < LookEvery) return;
        _lookedAt = clock.GetTimestamp();
        _reader ??= new JournalReader(_journals);
        foreach (JournalInfo info in storage.ListJournals(JournalArea.Answers))
        {
            if (info.Name == _name) continue;
            if (!_known.TryGetValue(info.Name, out var known)) _known.Add(info.Name, known = (Add(info.Name), 0));
            if (info.Length <= known.Read) continue;
            var reader = new AnswerReader((line, offset, length) => Take(line, known.Number, offset, length));
            var rest = new JournalStretch(_journals[known.Number], known.Read, info.Length, info.Length, IsLineStart: true);
            StretchReader.Read(rest, reader);
            _damage.AddRange(reader.Damage.Where(d => !d.Torn));
            _known[info.Name] = (known.Number, Math.Max(reader.End, known.Read));
        }
    }

    private void Take((AnswerLine Line, string Experiment, bool HasResponse) read, int journal, long offset, int length)
    {
        AnswerLine line = read.Line;
        if (read.HasResponse) _places[line.Key] = (journal, offset, length);
        else if (line.IsForgotten) _places.Remove(line.Key);
        if (line.IsForgotten) return;
        if (!_paid.TryGetValue(read.Experiment, out var models))
            _paid.Add(read.Experiment, models = new(StringComparer.Ordinal));
        models[line.Model] = models.GetValueOrDefault(line.Model).Plus(line.Usage ?? default);
    }

    private int Add(string name)
    {
        _journals.Add(new JournalRef(storage, JournalArea.Answers, name));
        return _journals.Count - 1;
    }

    private JournalAppender Create()
    {
        string time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        _name = JournalInfo.NameOf($"{time}-answers-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        _syncedAt = clock.GetTimestamp();
        JournalAppender file = storage.CreateJournal(JournalArea.Answers, _name);
        _reader ??= new JournalReader(_journals);
        _own = Add(_name);
        return file;
    }
}
