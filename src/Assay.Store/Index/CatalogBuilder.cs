namespace Assay;

/// <summary>
/// Makes a catalog of segments and of attempts that are in none: chooses the attempts that count, folds the runs that have several, and
/// puts all in the order of their starts. Made for one reading.
/// </summary>
internal sealed class CatalogBuilder(StorageBackend storage, IndexedJournals journals, IReadOnlyList<RunSegment> segments)
{
    private readonly List<AttemptRow> _unsealed = [];
    private readonly HashSet<int>[] _dropped = [.. segments.Select(_ => new HashSet<int>())];
    private readonly bool[]?[] _kept = new bool[segments.Count][];
    private readonly Dictionary<UInt128, FoldedRun> _folded = [];
    private readonly bool _isPast = journals.IsPast;
    private readonly AttemptReader _reader = new(journals.Reader);

    public RunCatalog Build(IEnumerable<AttemptRow> unsealed, IReadOnlyList<JournalDamage> damage)
    {
        for (int i = 0; i < segments.Count; i++) Choose(i);
        _unsealed.AddRange(unsealed);
        LeaveOutRemoved();
        Fold();
        IEnumerable<RunSegment> made = IndexOptions.Ambient.Split(_unsealed).Select(part => SegmentBuilder.Build(part, null, _ => false));
        RunSegment[] all = [.. segments, .. made];
        int[] rows = Order(all);
        RunSegment[] annotated = [.. all.Select(s => AnnotatedSegment.Of(s, journals.Annotations))];
        return new RunCatalog(storage, journals, annotated, _folded, rows) { Damage = damage };
    }

    /// <summary>
    /// Leaves out attempts of other journals than those wanted, and lines that were written after the moment that is shown.
    /// </summary>
    private void Choose(int number)
    {
        RunSegment segment = segments[number];
        if (!_isPast && IsAllWanted(segment.Experiment)) return;
        var kept = new bool[segment.Rows];
        ReadOnlySpan<int> of = segment.Journals;
        for (int i = 0; i < kept.Length; i++) kept[i] = journals.Wanted.Contains(of[i]) && (!_isPast || IsBefore(segment, i));
        _kept[number] = kept;
    }

    private bool IsAllWanted(string? experiment) =>
        !journals.States.Index().Any(s => s.Item.Covered > 0 && s.Item.Head.Experiment == experiment && !journals.Wanted.Contains(s.Index));

    private bool IsBefore(RunSegment segment, int row)
    {
        AttemptLines whole = segment.Lines(row);
        AttemptLines? before = whole.Before(journals.Limit(whole.Key.Journal));
        if (before == whole) return true;
        if (before is not null) _unsealed.Add(_reader.Read(before));
        return false;
    }

    // Before runs are folded: an attempt that is removed neither counts nor hides another.
    private void LeaveOutRemoved()
    {
        HashSet<UInt128> ids = journals.Annotations.RemovedIds;
        if (ids.Count == 0) return;
        _unsealed.RemoveAll(r => IsRemoved(r.Id, r.Journal, r.Attempt));
        foreach ((int number, RunSegment segment) in segments.Index())
        {
            segment.FindIds(ids, (row, id) =>
            {
                if (!IsRemoved(id, segment.Journals[row], segment.Attempts[row])) return;
                bool[] kept = _kept[number] ??= [.. Enumerable.Repeat(true, segment.Rows)];
                kept[row] = false;
            });
        }
    }

    private bool IsRemoved(UInt128 id, int journal, int attempt) =>
        journals.Annotations.RemovalOf(id, journals.States[journal].Name, attempt) is not null;

    private void Fold()
    {
        if (_unsealed.Count == 0 && segments.All(s => s.Repeats == 0)) return;
        var ids = new HashSet<UInt128>(_unsealed.Select(r => r.Id));
        foreach (RunSegment segment in segments.Where(s => s.Repeats > 0))
        {
            ReadOnlySpan<byte> repeated = segment.Repeated;
            for (int i = 0; i < repeated.Length; i++)
            {
                if (repeated[i] != 0) ids.Add(segment.Id(i));
            }
        }

        var places = new Dictionary<UInt128, List<(int Segment, int Row)>>();
        foreach ((int number, RunSegment segment) in segments.Index())
        {
            segment.FindIds(ids, (row, id) =>
            {
                if (_kept[number] is { } kept && !kept[row]) return;
                if (!places.TryGetValue(id, out List<(int, int)>? rows)) places.Add(id, rows = []);
                rows.Add((number, row));
            });
        }

        ILookup<UInt128, AttemptRow> unsealed = _unsealed.ToLookup(r => r.Id);
        _unsealed.Clear();
        foreach (UInt128 id in ids) Fold(id, places.GetValueOrDefault(id) ?? [], [.. unsealed[id]]);
    }

    private void Fold(UInt128 id, List<(int Segment, int Row)> places, AttemptRow[] unsealed)
    {
        if (places.Count + unsealed.Length <= 1)
        {
            _unsealed.AddRange(unsealed);
            return;
        }

        Fragment OfSegment(RunSegment segment, int row, int source) => new(segment.Lines(row), segment.Ending(row), source);
        Fragment OfLines(AttemptRow row, int source) => new(row.Lines, row.HasEnd ? RunEnding.Of(row.End) : default, source);
        Fragment[] fragments =
        [
            .. places.Select((p, i) => OfSegment(segments[p.Segment], p.Row, i)),
            .. unsealed.Select((r, i) => OfLines(r, places.Count + i)),
        ];
        FoldedRun run = RunFolding.Fold(fragments, journals);
        _folded.Add(id, run);
        for (int i = 0; i < places.Count; i++)
        {
            if (i != run.Shown.Source) _dropped[places[i].Segment].Add(places[i].Row);
        }

        if (run.Shown.Source >= places.Count) _unsealed.Add(unsealed[run.Shown.Source - places.Count]);
        else if (run.Shown.Source < 0) _unsealed.Add(_reader.Read(run.Shown.Lines));
    }

    private int[] Order(RunSegment[] all)
    {
        var parts = new List<int[]>();
        int first = 0;
        for (int i = 0; i < all.Length; first += all[i++].Rows) parts.Add(Rows(i, all[i].Rows, first));
        return new RowMerger(all).Merge(parts);
    }

    private int[] Rows(int segment, int count, int first)
    {
        bool[]? kept = segment < segments.Count ? _kept[segment] : null;
        HashSet<int> dropped = segment < segments.Count ? _dropped[segment] : [];
        if (kept is null && dropped.Count == 0) return [.. Enumerable.Range(first, count)];
        return [.. Enumerable.Range(0, count).Where(i => (kept is null || kept[i]) && !dropped.Contains(i)).Select(i => first + i)];
    }
}
