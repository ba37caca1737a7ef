namespace Assay;

/// <summary>
/// Reads what journals hold beyond the index and makes segments of it: on disk where there is a folder to write to, otherwise in memory. Made for one
/// reading; not thread-safe.
/// </summary>
internal sealed class IndexGrowth(IndexedJournals journals, IReadOnlyList<MappedSegment> before, IndexFolder? folder, IndexOptions options)
{
    private readonly List<SegmentInfo> _written = [];
    private readonly List<RunSegment> _segments = [];
    private readonly List<AttemptRow> _apart = [];
    private readonly HashSet<RunSegment> _replaced = [];
    private readonly Dictionary<int, JournalProgress> _progress = [];
    private bool _isWhole = true;

    /// <summary>The segments that came of it.</summary>
    public IReadOnlyList<RunSegment> Segments => _segments;

    /// <summary>Those of them that are on disk.</summary>
    public IReadOnlyList<SegmentInfo> Written => _written;

    /// <summary>Segments from before whose rows are in new ones now.</summary>
    public IReadOnlySet<RunSegment> Replaced => _replaced;

    /// <summary>Rows that are in no segment.</summary>
    public IReadOnlyList<AttemptRow> Apart => _apart;

    /// <summary>Damage in what was read.</summary>
    public IEnumerable<JournalDamage> Damage => _progress.Values.SelectMany(p => p.Damage);

    /// <summary>Whether there is anything that the index does not have.</summary>
    public bool HasGained => _written.Count > 0 || _progress.Values.Any(p => p.HasGained);

    /// <summary>Whether all that was read can be found in the segments on disk, and among the rows apart.</summary>
    public bool IsKept => folder is not null && _isWhole && _written.Count == _segments.Count;

    /// <param name="gains">What is to be read, in the order of experiments.</param>
    /// <param name="known">Attempts that the index keeps apart.</param>
    public void Read(IReadOnlyList<JournalGain> gains, IReadOnlyList<AttemptRow> known)
    {
        if (gains.Count == 0)
        {
            _apart.AddRange(known);
            return;
        }

        var apart = known.GroupBy(r => Group(r.Journal), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        foreach (IGrouping<string, JournalGain> group in gains.GroupBy(g => Group(g.Number), StringComparer.Ordinal))
        {
            apart.Remove(group.Key, out AttemptRow[]? rows);
            Read([.. group], rows ?? [], Experiment(group.First().Number));
        }

        _apart.AddRange(apart.Values.SelectMany(r => r));
    }

    /// <summary>Takes note in the journals of what is in the index now.</summary>
    public void Cover()
    {
        foreach ((int number, JournalProgress progress) in _progress) progress.Cover(journals, number);
    }

    private string? Experiment(int journal) => journals.States[journal].Head.Experiment;

    // An experiment without a name is another thing than none.
    private string Group(int journal) => Experiment(journal) is { } name ? "=" + name : "";

    private void Read(JournalGain[] gains, AttemptRow[] known, string? experiment)
    {
        var pairs = new AttemptPairs();
        foreach (AttemptRow row in known) pairs.Add(row);
        foreach (ChunkReader read in GainReader.Read(gains))
        {
            _isWhole &= !read.IsPartial;
            if (!_progress.TryGetValue(read.Journal, out JournalProgress? progress)) _progress.Add(read.Journal, progress = new JournalProgress(journals.States[read.Journal]));
            progress.Add(read);
            pairs.Add(read);
            while (pairs.TakeFull(options) is { } full) Seal(full, experiment);
        }

        // Whatever lives may end its runs any moment; what is dead will not.
        if (folder is not null) SealInParts([.. Small(experiment), .. pairs.Settled, .. pairs.Open.Where(r => !journals.IsAlive(r.Journal))], experiment);
        else _apart.AddRange(pairs.Settled);
        _apart.AddRange(pairs.Open.Where(r => folder is null || journals.IsAlive(r.Journal)));
        _apart.AddRange(pairs.Loose);
    }

    /// <summary>The rows of segments that are small and many by now: each costs time whenever the index is opened.</summary>
    private List<AttemptRow> Small(string? experiment)
    {
        RunSegment[] small = [.. before.Where(s => s.Experiment == experiment && s.Rows < options.SegmentRows / 4 && s.Bytes < options.SegmentBytes / 8)];
        if (small.Length < options.SmallSegments) return [];
        _replaced.UnionWith(small);
        return [.. small.SelectMany(s => new SegmentRows(s).Read(j => !journals.States[j].IsDead))];
    }

    private void SealInParts(List<AttemptRow> rows, string? experiment)
    {
        foreach (List<AttemptRow> part in SegmentParts.Of(rows, options)) Seal(part, experiment);
    }

    private void Seal(IReadOnlyList<AttemptRow> rows, string? experiment)
    {
        AttemptRow[] sealable = [.. rows.Where(HasPlace)];
        if (sealable.Length < rows.Count) _apart.AddRange(rows.Where(r => !HasPlace(r)));
        if (sealable.Length == 0) return;
        var ids = new HashSet<UInt128>(sealable.Select(r => r.Id));
        var repeated = new HashSet<UInt128>();
        foreach (RunSegment segment in before.Where(s => !_replaced.Contains(s)).Concat<RunSegment>(_segments)) IdProbe.Find(segment, ids, (_, id) => repeated.Add(id));
        MemorySegment made = new SegmentSealer(sealable, experiment).Seal(repeated.Contains);
        SegmentInfo? info = folder?.TryWrite(made);
        if (info is not null) _written.Add(info);
        _segments.Add(info is null ? made : MappedSegment.Open(folder!.Path, info));
    }

    private static bool HasPlace(AttemptRow row) => SegmentSchema.HasPlaceFor(row.StartedAt) && (!row.HasEnd || SegmentSchema.HasPlaceFor(row.End.Time));
}
