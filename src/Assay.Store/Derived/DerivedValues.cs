using System.Collections.Concurrent;
using System.Text.Json;

namespace Assay;

/// <summary>
/// The derived values of a store's runs: the lines of <c>derived/</c> up to the lengths of one moment, read when they are first asked for,
/// and those that this process adds. Thread-safe.
/// </summary>
internal sealed class DerivedValues(StorageBackend storage, IReadOnlyList<JournalInfo> journals, Action<JournalDamage> damaged)
{
    private readonly Lock _gate = new();
    private readonly HashSet<JournalDamage> _told = [];
    private volatile ConcurrentDictionary<UInt128, DerivedLine[]>? _byRun;

    /// <summary>Whether there may be any, without reading.</summary>
    public bool MayHaveAny => _byRun is { } read ? !read.IsEmpty : journals.Count > 0;

    private ConcurrentDictionary<UInt128, DerivedLine[]> ByRun
    {
        get
        {
            if (_byRun is { } read) return read;
            lock (_gate) return _byRun ??= DerivedReader.Read(storage, journals, TellOnce);
        }
    }

    /// <summary>Reads the store as it is now, so that what others computed meanwhile is known.</summary>
    public void Refresh()
    {
        lock (_gate) _byRun = DerivedReader.Read(storage, storage.ListJournals(JournalArea.Derived), TellOnce);
    }

    /// <summary>The values of an attempt by name; of functions with a value of one name the later counts.</summary>
    public IReadOnlyDictionary<string, object?> Of(UInt128 id, AttemptPlace place)
    {
        if (!MayHaveAny || !ByRun.TryGetValue(id, out DerivedLine[]? lines)) return JsonObjects.Empty;
        var values = new RecordedDictionary();
        foreach (DerivedLine line in Latest(lines, place))
            foreach ((string name, object? value) in line.Values) values[name] = value;

        return values;
    }

    /// <summary>What a function computed last for an attempt; null for nothing.</summary>
    public DerivedLine? Find(UInt128 id, AttemptPlace place, string function) => MayHaveAny
        && ByRun.TryGetValue(id, out DerivedLine[]? lines) ? Array.FindLast(lines, l => l.Function == function && l.Place == place) : null;

    public void Add(DerivedLine line)
    {
        // What is read meanwhile may lack the line.
        lock (_gate) ByRun.AddOrUpdate(line.RunId, _ => [line], (_, lines) => [.. lines, line]);
    }

    private void TellOnce(JournalDamage damage)
    {
        if (_told.Add(damage)) damaged(damage);
    }

    private static IEnumerable<DerivedLine> Latest(DerivedLine[] lines, AttemptPlace place)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            DerivedLine line = lines[i];
            bool isReplaced = Array.FindIndex(lines, i + 1, l => l.Function == line.Function && l.Place == line.Place) >= 0;
            if (line.Place == place && !isReplaced) yield return line;
        }
    }
}

/// <summary>Reads journals of derived values with all processors. A bad line is skipped and reported; a torn last one is ignored.</summary>
internal sealed class DerivedReader : ILineTaker
{
    public List<DerivedLine> Lines { get; } = [];

    public List<JournalDamage> Damage { get; } = [];

    /// <summary>How many sound lines there are, those of unknown kinds among them.</summary>
    public int Count { get; private set; }

    /// <summary>The lines of each run, the earlier first; those of one moment in the order of their journals.</summary>
    public static ConcurrentDictionary<UInt128, DerivedLine[]> Read(
        StorageBackend storage, IReadOnlyList<JournalInfo> journals, Action<JournalDamage> damaged)
    {
        DerivedReader[] parts =
        [
            .. journals.SelectMany(j => Stretches(new JournalRef(storage, JournalArea.Derived, j.Name), j.Length))
                .AsParallel().AsOrdered().Select(Read),
        ];
        foreach (JournalDamage damage in parts.SelectMany(p => p.Damage).Where(d => !d.Torn)) damaged(damage);
        return new ConcurrentDictionary<UInt128, DerivedLine[]>(parts.SelectMany(p => p.Lines).GroupBy(l => l.RunId)
            .Select(run => KeyValuePair.Create(run.Key, run.OrderBy(l => l.At).ToArray())));
    }

    /// <summary>Reads one journal as it is now.</summary>
    public static DerivedReader ReadAll(JournalRef journal)
    {
        var reader = new DerivedReader();
        StretchReader.ReadAll(journal, reader);
        return reader;
    }

    private static IEnumerable<JournalStretch> Stretches(JournalRef journal, long length) =>
        JournalStretch.Split(journal, 0, Math.Min(length, JournalScanner.LengthOf(journal, _ => { })), limit: length);

    private static DerivedReader Read(JournalStretch stretch)
    {
        var reader = new DerivedReader();
        StretchReader.Read(stretch, reader);
        return reader;
    }

    /// <exception cref="JsonException">The line is damaged.</exception>
    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset)
    {
        if (DerivedLine.Read(line, offset) is { } known) Lines.Add(known);
        Count++;
    }

    void ILineTaker.Damaged(JournalDamage damage) => Damage.Add(damage);
}
