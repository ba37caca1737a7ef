using System.Collections.Concurrent;
using System.Numerics;

namespace Assay;

/// <summary>Every run of some journals once, as rows that are numbered over all segments. Immutable and thread-safe.</summary>
internal sealed class RunCatalog
{
    private readonly IReadOnlyDictionary<UInt128, FoldedRun> _folded;
    private readonly IndexedJournals _journals;
    private readonly byte[]?[] _statuses;
    private readonly Lazy<RowIndex> _byId;
    private readonly Lazy<IReadOnlySet<int>> _earlier;
    private readonly ConcurrentDictionary<int, IReadOnlyDictionary<string, object?>> _git = [];

    public RunCatalog(
        IndexedJournals journals, IReadOnlyList<RunSegment> segments, IReadOnlyDictionary<UInt128, FoldedRun> folded, int[] rows)
    {
        (_journals, Segments, _folded, Rows) = (journals, segments, folded, rows);
        _statuses = new byte[]?[segments.Count];
        Bases = BasesOf(segments);
        Unsure = journals.Wanted.Where(n => journals.States[n].Head is { Experiment: null } or { Version: null }).ToHashSet();
        _byId = new(() => new RowIndex(this));
        _earlier = new(() => NewestCode.EarlierJournals(this));
        Cells = new ColumnCells(this);
        Derived = new DerivedValues(journals.Storage, journals.Derived, NoteDamage);
    }

    public StorageBackend Storage => _journals.Storage;

    public ColumnCells Cells { get; }

    public DerivedValues Derived { get; }

    public JournalReader Reader => _journals.Reader;

    public IReadOnlyList<JournalRef> Journals => _journals.Journals;

    public JournalHead HeadOf(int journal) => _journals.States[journal].Head;

    /// <summary>Whether a journal was there at the moment that is shown.</summary>
    public bool IsShown(int journal) => _journals.IsShown(journal);

    /// <summary>The state of the code in the first line of a journal; empty where it has none.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public IReadOnlyDictionary<string, object?> GitOf(int journal, Action damaged) =>
        _git.GetOrAdd(journal, number => RecordedSession.Read(Journals[number], damaged)?.Git ?? JsonObjects.Empty);

    public IReadOnlyList<RunSegment> Segments { get; }

    /// <summary>The number of the first row of each segment, and behind the last one the number of rows.</summary>
    public int[] Bases { get; }

    /// <summary>The runs in the order they were started.</summary>
    public int[] Rows { get; }

    public required IReadOnlyList<JournalDamage> Damage { get; init; }

    /// <summary>Damaged lines that the index knew as sound, found when the values of a run were read.</summary>
    public ConcurrentDictionary<LinePlace, JournalDamage> LaterDamage { get; } = [];

    /// <summary>Notes a line that was changed after it was read.</summary>
    public void NoteDamage(JournalRef journal, long offset)
    {
        const string Reason = "the line was changed after it was read; its values are left out";
        if (!Damage.Any(d => d.Offset == offset && d.Journal == journal)) NoteDamage(JournalDamage.In(journal, offset, Reason));
    }

    private void NoteDamage(JournalDamage damage) => LaterDamage.TryAdd(new LinePlace(damage.Journal!.Value, damage.Offset), damage);

    public RunAnnotations Annotations => _journals.Annotations;

    /// <summary>Numbers of the journals whose first line does not name the experiment or its version.</summary>
    public IReadOnlySet<int> Unsure { get; }

    /// <summary>Numbers of the journals with runs of earlier code, as <see cref="NewestCode"/> has it.</summary>
    public IReadOnlySet<int> EarlierJournals => _earlier.Value;

    /// <summary>The segment a row is in. None is empty.</summary>
    public int SegmentOf(int row) => SegmentOf(Bases, row);

    /// <inheritdoc cref="Bases"/>
    public static int[] BasesOf(IReadOnlyList<RunSegment> segments)
    {
        var bases = new int[segments.Count + 1];
        for (int i = 0; i < segments.Count; i++) bases[i + 1] = checked(bases[i] + segments[i].Rows);
        return bases;
    }

    public static int SegmentOf(int[] bases, int row)
    {
        int at = Array.BinarySearch(bases, row);
        return at < 0 ? ~at - 1 : at;
    }

    /// <summary>The <see cref="RunStatus"/> of each row of a segment; without an end, by whether the writer lived.</summary>
    public ReadOnlySpan<byte> Statuses(int segment)
    {
        RunSegment source = Segments[segment];
        if (source.Unended == 0) return source.Statuses;
        return _statuses[segment] ??= WithUnended(source);
    }

    public RunEntry Entry(int row)
    {
        int number = SegmentOf(row);
        RunSegment segment = Segments[number];
        int at = row - Bases[number];
        AttemptLines lines = segment.Lines(at);
        FoldedRun? folded = _folded.GetValueOrDefault(lines.Key.Id);
        var status = (RunStatus)Statuses(number)[at];
        int attempts = folded?.Attempts.DistinctBy(a => a.Key.Attempt).Count() ?? 1;
        return new RunEntry(lines, status, segment.StartedAt(at), attempts);
    }

    public RunStatus Status(int row)
    {
        int number = SegmentOf(row);
        return (RunStatus)Statuses(number)[row - Bases[number]];
    }

    /// <summary>The value of a field in one row; null where it has none.</summary>
    public object? Value(int row, FieldKey key)
    {
        int number = SegmentOf(row);
        return Segments[number].Field(key)?[row - Bases[number]];
    }

    /// <summary>Every attempt of a run, removed ones aside.</summary>
    public IReadOnlyList<AttemptLines> Attempts(in RunEntry entry) =>
        _folded.TryGetValue(entry.Id, out FoldedRun? run) ? run.Attempts : [entry.Lines];

    public RunRecord Record(int row) => new(this, Reader, Entry(row), row);

    public UInt128 Id(int row)
    {
        int number = SegmentOf(row);
        return Segments[number].Id(row - Bases[number]);
    }

    /// <returns>The row of a run; -1 for none.</returns>
    public int Find(UInt128 id) => _byId.Value.Find(id);

    private byte[] WithUnended(RunSegment segment)
    {
        byte[] statuses = segment.Statuses.ToArray();
        ReadOnlySpan<long> ends = segment.EndOffsets;
        ReadOnlySpan<int> journals = segment.Journals;
        for (int i = 0; i < statuses.Length; i++)
        {
            // Rows of journals that are not wanted are never shown.
            if (ends[i] < 0 && _journals.Wanted.Contains(journals[i]))
                statuses[i] = (byte)(_journals.IsAlive(journals[i]) ? RunStatus.Running : RunStatus.Interrupted);
        }

        return statuses;
    }

    private sealed class RowIndex
    {
        private readonly RunCatalog _catalog;
        private readonly int[] _slots;

        public RowIndex(RunCatalog catalog)
        {
            _catalog = catalog;
            _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, catalog.Rows.Length * 2L))];
            foreach (int row in catalog.Rows) Slot(catalog.Id(row)) = row + 1;
        }

        public int Find(UInt128 id) => Slot(id) - 1;

        // Ids are hashes already.
        private ref int Slot(UInt128 id)
        {
            int mask = _slots.Length - 1, at = (int)(uint)id & mask;
            while (_slots[at] != 0 && _catalog.Id(_slots[at] - 1) != id) at = (at + 1) & mask;
            return ref _slots[at];
        }
    }
}

/// <summary>The places of a run's lines, and the little that lists need without reading them.</summary>
internal readonly record struct RunEntry(AttemptLines Lines, RunStatus Status, long StartedAt, int Attempts)
{
    public UInt128 Id => Lines.Key.Id;

    public int Journal => Lines.Key.Journal;

    public int Attempt => Lines.Key.Attempt;

    public long Start => Lines.Start;

    public long End => Lines.End;
}

/// <summary>Single values of runs from columns, where these decide what a run's own lines would say. Thread-safe.</summary>
internal sealed class ColumnCells(RunCatalog catalog)
{
    private readonly ConcurrentDictionary<(int Segment, FieldPlace Place, string Name, bool IsLong), NamedColumn> _columns = new();

    /// <returns>True when the run has a value at the path, false when it has none, null when only its lines tell.</returns>
    public bool? TryGet(int row, FieldPlace place, ValuePath path, out object? value)
    {
        value = null;
        if (path.WholeName is not { } name || (path.Steps.Count > 1 && !path.IsPlain)) return null;
        int segment = catalog.SegmentOf(row);
        (int, FieldPlace, string, bool) key = (segment, place, name, path.Steps.Count > 1);
        if (!_columns.TryGetValue(key, out NamedColumn named))
            _columns[key] = named = NamedColumn.Find(catalog.Segments[segment], place, path);
        int at = row - catalog.Bases[segment];
        if (named.Column?.Has(at) != true) return named.IsAlone ? false : null;
        value = named.Column[at];
        GC.KeepAlive(catalog);
        return true;
    }
}
