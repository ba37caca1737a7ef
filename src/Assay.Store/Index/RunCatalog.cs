namespace Assay;

/// <summary>
/// Every run of some journals, each once, with the attempt that counts (see <see cref="RunEnding"/>) or the one under way, as rows of
/// segments. A row is known by its number over all segments. Immutable and thread-safe.
/// </summary>
internal sealed class RunCatalog
{
    private readonly IReadOnlyDictionary<UInt128, FoldedRun> _folded;
    private readonly IndexedJournals _journals;
    private readonly byte[]?[] _statuses;
    private readonly Lazy<RowIndex> _byId;

    public RunCatalog(
        StorageBackend storage, IndexedJournals journals, IReadOnlyList<RunSegment> segments,
        IReadOnlyDictionary<UInt128, FoldedRun> folded, int[] rows)
    {
        (Storage, _journals, Segments, _folded, Rows) = (storage, journals, segments, folded, rows);
        _statuses = new byte[]?[segments.Count];
        Bases = new int[segments.Count + 1];
        for (int i = 0; i < segments.Count; i++) Bases[i + 1] = checked(Bases[i] + segments[i].Rows);
        Unsure = journals.Wanted.Where(n => journals.States[n].Head is { Experiment: null } or { Version: null }).ToHashSet();
        _byId = new(() => new RowIndex(this));
        Cells = new ColumnCells(this);
    }

    public StorageBackend Storage { get; }

    /// <summary>Single values of runs.</summary>
    public ColumnCells Cells { get; }

    public JournalReader Reader => _journals.Reader;

    /// <summary>The journals by number.</summary>
    public IReadOnlyList<JournalRef> Journals => _journals.Journals;

    public JournalHead HeadOf(int journal) => _journals.States[journal].Head;

    public IReadOnlyList<RunSegment> Segments { get; }

    /// <summary>The number of the first row of each segment, and behind the last one the number of rows.</summary>
    public int[] Bases { get; }

    /// <summary>The runs in the order they were started.</summary>
    public int[] Rows { get; }

    public required IReadOnlyList<JournalDamage> Damage { get; init; }

    /// <summary>The annotations of the runs.</summary>
    public RunAnnotations Annotations => _journals.Annotations;

    /// <summary>Numbers of the journals whose first line does not name the experiment or its version.</summary>
    public IReadOnlySet<int> Unsure { get; }

    /// <summary>The segment a row is in.</summary>
    public int SegmentOf(int row)
    {
        int at = Array.BinarySearch(Bases, row);
        // Empty segments begin where the next one does.
        if (at < 0) return ~at - 1;
        while (Segments[at].Rows == 0) at++;
        return at;
    }

    /// <summary>
    /// The <see cref="RunStatus"/> of each row of a segment; of attempts that have not ended, whether their writers lived at the moment
    /// shown.
    /// </summary>
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
        return new RunEntry(lines, status, segment.StartedAt(at), folded?.Attempts ?? 1, folded is not null, folded?.Elsewhere);
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
    public IReadOnlyList<AttemptPlace> Places(in RunEntry entry) => _folded.TryGetValue(entry.Id, out FoldedRun? run)
        ? [.. run.Places.Select(p => new AttemptPlace(Journals[p.Journal].Name, p.Attempt))]
        : [new AttemptPlace(Journals[entry.Journal].Name, entry.Attempt)];

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

    /// <summary>Finds rows by id.</summary>
    private sealed class RowIndex
    {
        private readonly RunCatalog _catalog;
        private readonly int[] _slots;

        public RowIndex(RunCatalog catalog)
        {
            _catalog = catalog;
            _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, catalog.Rows.Length * 2L))];
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
