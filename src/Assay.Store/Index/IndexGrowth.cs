namespace Assay;

/// <summary>
/// Reads what journals hold beyond the index and makes segments of it: on disk where there is a folder to write to, otherwise in memory.
/// Made for one reading; not thread-safe.
/// </summary>
internal sealed class IndexGrowth(IndexedJournals journals, IReadOnlyList<IndexedSegment> before, IndexFolder? folder, IndexOptions options)
{
    private readonly List<SegmentInfo> _written = [];
    private readonly List<RunSegment> _segments = [];
    private readonly List<AttemptRow> _unsealed = [];
    private readonly HashSet<SegmentInfo> _replaced = [];
    private readonly Dictionary<int, Progress> _progress = [];
    private bool _isWhole = true;

    /// <summary>The new segments.</summary>
    public IReadOnlyList<RunSegment> Segments => _segments;

    /// <summary>The new segments that are on disk.</summary>
    public IReadOnlyList<SegmentInfo> Written => _written;

    /// <summary>Segments of the index whose rows are in new ones now.</summary>
    public IReadOnlySet<SegmentInfo> Replaced => _replaced;

    /// <summary>Attempts that are in no segment.</summary>
    public IReadOnlyList<AttemptRow> Unsealed => _unsealed;

    /// <summary>Damage in what was read.</summary>
    public IEnumerable<JournalDamage> Damage => _progress.Values.SelectMany(p => p.Damage);

    /// <summary>Whether there is anything that the index does not have. An unfinished last line is read each time.</summary>
    public bool HasGained => _written.Count > 0 || _progress.Any(p => p.Value.Covered > journals.States[p.Key].Covered);

    /// <summary>Whether all that was read is in segments on disk, or unsealed.</summary>
    public bool IsKept => folder is not null && _isWhole && _written.Count == _segments.Count;

    /// <param name="gains">The parts of journals to read, in the order of experiments.</param>
    /// <param name="known">Attempts that the index has in no segment.</param>
    public void Read(IReadOnlyList<JournalGain> gains, IReadOnlyList<AttemptRow> known)
    {
        ILookup<string, AttemptRow> unsealed = known.ToLookup(r => Group(r.Journal), StringComparer.Ordinal);
        IGrouping<string, JournalGain>[] groups = [.. gains.GroupBy(g => Group(g.Number), StringComparer.Ordinal)];
        foreach (IGrouping<string, JournalGain> group in groups) Read([.. group], unsealed[group.Key], Experiment(group.First().Number));
        _unsealed.AddRange(unsealed.ExceptBy(groups.Select(g => g.Key), u => u.Key).SelectMany(r => r));
    }

    /// <summary>Notes how far the index covers the journals now.</summary>
    public void Cover()
    {
        foreach ((int number, Progress progress) in _progress)
            journals.Cover(number, progress.Covered, LineNumbers.Of(progress.Damage.Where(d => !d.Torn && d.Offset < progress.Covered)));
    }

    private string? Experiment(int journal) => journals.States[journal].Head.Experiment;

    // An experiment without a name is not the same as no experiment.
    private string Group(int journal) => Experiment(journal) is { } name ? "=" + name : "";

    private void Read(JournalGain[] gains, IEnumerable<AttemptRow> known, string? experiment)
    {
        var pairs = new AttemptPairs();
        foreach (AttemptRow row in known) pairs.Add(row);
        foreach (ChunkReader read in ChunkReader.Read(gains))
        {
            _isWhole &= !read.IsPartial;
            if (!_progress.TryGetValue(read.Journal, out Progress? progress))
                _progress.Add(read.Journal, progress = new Progress { Covered = journals.States[read.Journal].Covered });
            progress.Damage.AddRange(read.Damage);
            progress.Covered = Math.Max(progress.Covered, read.Passed);
            pairs.Add(read);
            while (pairs.TakeFull(options) is { } full) Seal(full, experiment);
        }

        // A writer that lives may end its runs at any moment; one that is dead will not.
        List<AttemptRow> rows = [.. pairs.Settled, .. pairs.Open.Where(r => folder is not null && !journals.IsAlive(r.Journal))];
        if (folder is null) _unsealed.AddRange(rows);
        else foreach (List<AttemptRow> part in options.Split([.. Small(experiment), .. rows])) Seal(part, experiment);
        _unsealed.AddRange(pairs.Open.Where(r => folder is null || journals.IsAlive(r.Journal)));
        _unsealed.AddRange(pairs.Torn);
    }

    /// <summary>The attempts of segments that are small and many by now: each costs time whenever the index is opened.</summary>
    private List<AttemptRow> Small(string? experiment)
    {
        bool IsSmall(SegmentInfo info) => info.Rows < options.SegmentRows / 4 && info.Bytes < options.SegmentBytes / 8;
        IndexedSegment[] small = [.. before.Where(s => s.Info.Experiment == experiment && IsSmall(s.Info))];
        if (small.Length < options.SmallSegments) return [];
        _replaced.UnionWith(small.Select(s => s.Info));
        var reader = new AttemptReader(journals.Reader);
        var rows = new List<AttemptRow>();
        foreach ((_, RunSegment segment) in small)
        {
            for (int i = 0; i < segment.Rows; i++)
            {
                if (!journals.States[segment.Journals[i]].IsDead) rows.Add(reader.Read(segment.Lines(i)));
            }
        }

        return rows;
    }

    private void Seal(IReadOnlyList<AttemptRow> rows, string? experiment)
    {
        AttemptRow[] sealable = [.. rows.Where(HasPlace)];
        if (sealable.Length < rows.Count) _unsealed.AddRange(rows.Where(r => !HasPlace(r)));
        if (sealable.Length == 0) return;
        var ids = new HashSet<UInt128>(sealable.Select(r => r.Id));
        var repeated = new HashSet<UInt128>();
        foreach (RunSegment segment in before.Where(s => !_replaced.Contains(s.Info)).Select(s => s.Segment).Concat(_segments))
            segment.FindIds(ids, (_, id) => repeated.Add(id));
        RunSegment made = SegmentBuilder.Build(sealable, experiment, repeated.Contains);
        SegmentInfo? info = folder?.TryWrite(made);
        if (info is not null) _written.Add(info);
        // The one in the file takes no memory of the process.
        _segments.Add(info is null ? made : SegmentFile.TryOpen(folder!.Path, info, isNew: true) ?? made);
    }

    private static bool HasPlace(AttemptRow row) =>
        SegmentFile.HasPlaceFor(row.StartedAt) && (!row.HasEnd || SegmentFile.HasPlaceFor(row.End.Time));

    /// <summary>How far a journal has been read.</summary>
    private sealed class Progress
    {
        public required long Covered { get; set; }

        public List<JournalDamage> Damage { get; } = [];
    }
}
