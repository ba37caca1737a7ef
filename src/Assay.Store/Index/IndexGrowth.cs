namespace Assay;

/// <summary>Makes segments of what journals hold beyond the index: on disk where there is a folder, otherwise in memory.</summary>
internal sealed class IndexGrowth(IndexedJournals journals, IReadOnlyList<IndexedSegment> before, IndexFolder? folder, IndexOptions options)
{
    private readonly Dictionary<int, long> _covered = [];
    private readonly List<(int Journal, JournalDamage Damage)> _damage = [];
    private bool _isWhole = true;

    public List<RunSegment> Segments { get; } = [];

    public List<SegmentInfo> Written { get; } = [];

    /// <summary>Segments of the index whose rows are in new ones now.</summary>
    public HashSet<SegmentInfo> Replaced { get; } = [];

    public List<AttemptRow> Unsealed { get; } = [];

    public IEnumerable<JournalDamage> Damage => _damage.Select(d => d.Damage);

    /// <summary>Whether there is anything that the index does not have. An unfinished last line is read each time.</summary>
    public bool HasGained => Written.Count > 0 || _covered.Any(c => c.Value > journals.States[c.Key].Covered);

    /// <summary>Whether all that was read is in segments on disk, or unsealed.</summary>
    public bool IsKept => folder is not null && _isWhole && Written.Count == Segments.Count;

    public void Read(IReadOnlyList<JournalGain> gains, IReadOnlyList<AttemptRow> known)
    {
        ILookup<string, AttemptRow> unsealed = known.ToLookup(r => Group(r.Journal), StringComparer.Ordinal);
        IGrouping<string, JournalGain>[] groups = [.. gains.GroupBy(g => Group(g.Number), StringComparer.Ordinal)];
        foreach (IGrouping<string, JournalGain> group in groups) Read([.. group], unsealed[group.Key], Experiment(group.First().Number));
        Unsealed.AddRange(unsealed.ExceptBy(groups.Select(g => g.Key), u => u.Key).SelectMany(r => r));
    }

    /// <summary>Notes how far the index covers the journals now.</summary>
    public void Cover()
    {
        ILookup<int, JournalDamage> damage = _damage.ToLookup(d => d.Journal, d => d.Damage);
        foreach ((int number, long covered) in _covered)
            journals.Cover(number, covered, LineNumbers.Of(damage[number].Where(d => !d.Torn && d.Offset < covered)));
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
            _damage.AddRange(read.Damage.Select(d => (read.Journal, d)));
            _covered[read.Journal] = Math.Max(_covered.GetValueOrDefault(read.Journal, journals.States[read.Journal].Covered), read.Passed);
            pairs.Add(read);
            while (pairs.TakeFull(options) is { } full) Seal(full, experiment);
        }

        // A writer that lives may end its runs at any moment; one that is dead will not.
        List<AttemptRow> rows = [.. pairs.Settled, .. pairs.Open.Where(r => folder is not null && !journals.IsAlive(r.Journal))];
        if (folder is null) Unsealed.AddRange(rows);
        else foreach (List<AttemptRow> part in options.Split([.. Small(experiment), .. rows])) Seal(part, experiment);
        Unsealed.AddRange(pairs.Open.Where(r => folder is null || journals.IsAlive(r.Journal)));
        Unsealed.AddRange(pairs.Torn);
    }

    /// <summary>The attempts of segments that are small and many by now: each costs time whenever the index is opened.</summary>
    private List<AttemptRow> Small(string? experiment)
    {
        bool IsSmall(SegmentInfo info) => info.Rows < options.SegmentRows / 4 && info.Bytes < options.SegmentBytes / 8;
        IndexedSegment[] small = [.. before.Where(s => s.Info.Experiment == experiment && IsSmall(s.Info))];
        if (small.Length < options.SmallSegments) return [];
        Replaced.UnionWith(small.Select(s => s.Info));
        var reader = new AttemptReader(journals.Reader);
        var rows = new List<AttemptRow>();
        foreach ((_, RunSegment segment) in small)
        {
            for (int i = 0; i < segment.Rows; i++)
                if (!journals.States[segment.Journals[i]].IsDead) rows.Add(reader.Read(segment.Lines(i)));
        }

        return rows;
    }

    private void Seal(IReadOnlyList<AttemptRow> rows, string? experiment)
    {
        AttemptRow[] sealable = [.. rows.Where(HasPlace)];
        if (sealable.Length < rows.Count) Unsealed.AddRange(rows.Where(r => !HasPlace(r)));
        if (sealable.Length == 0) return;
        var ids = new HashSet<UInt128>(sealable.Select(r => r.Id));
        var repeated = new HashSet<UInt128>();
        foreach (RunSegment segment in before.Where(s => !Replaced.Contains(s.Info)).Select(s => s.Segment).Concat(Segments))
            segment.FindIds(ids, (_, id) => repeated.Add(id));
        RunSegment made = SegmentBuilder.Build(sealable, experiment, repeated.Contains);
        SegmentInfo? info = folder?.TryWrite(made);
        if (info is not null) Written.Add(info);
        // The one in the file takes no memory of the process.
        Segments.Add(info is null ? made : SegmentFile.TryOpen(folder!.Path, info, isNew: true) ?? made);
    }

    private static bool HasPlace(AttemptRow row) =>
        SegmentFile.HasPlaceFor(row.StartedAt) && (!row.HasEnd || SegmentFile.HasPlaceFor(row.End.Time));
}

/// <summary>How the index is kept. Tests choose small numbers to see with few runs what otherwise takes millions.</summary>
internal sealed record IndexOptions
{
    private static readonly IndexOptions Default = new();
    private static readonly AsyncLocal<IndexOptions?> Chosen = new();

    /// <summary>The options in force; set by tests alone, for themselves.</summary>
    public static IndexOptions Ambient
    {
        get => Chosen.Value ?? Default;
        set => Chosen.Value = value;
    }

    /// <summary>Fewer bytes, of fewer than <see cref="JournalsWorthWriting"/> journals, are read again each time.</summary>
    public long WorthWriting { get; init; } = 1 << 20;

    /// <inheritdoc cref="WorthWriting"/>
    public int JournalsWorthWriting { get; init; } = 64;

    /// <summary>The most rows of a segment. While an index is built, they are in memory twice.</summary>
    public int SegmentRows { get; init; } = 1 << 17;

    /// <summary>The bytes of lines that make a segment full, whatever the number of its rows: each may bring text of any length.</summary>
    public long SegmentBytes { get; init; } = 128 << 20;

    /// <summary>The number of small segments of an experiment that are put together into one.</summary>
    public int SmallSegments { get; init; } = 8;

    public IEnumerable<List<AttemptRow>> Split(List<AttemptRow> rows)
    {
        for (int from = 0, count; from < rows.Count; from += count) yield return rows.GetRange(from, count = RowsOfSegment(rows, from));
    }

    public int RowsOfSegment(List<AttemptRow> rows, int from)
    {
        long bytes = 0;
        int most = Math.Min(rows.Count - from, SegmentRows), count = 0;
        while (count < most && bytes < SegmentBytes) bytes += rows[from + count++].Bytes;
        return count;
    }
}
