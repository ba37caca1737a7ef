namespace Assay;

/// <summary>
/// Makes a catalog of segments and of rows that are in none: chooses the rows that count, folds the runs that have several, and puts all in the order of
/// their starts. Made for one reading.
/// </summary>
internal sealed class CatalogBuilder(StorageBackend storage, IndexedJournals journals, IReadOnlyList<RunSegment> segments)
{
    private readonly List<AttemptRow> _loose = [];
    private readonly HashSet<int>[] _dropped = [.. segments.Select(_ => new HashSet<int>())];
    private readonly bool[]?[] _kept = new bool[segments.Count][];
    private readonly Dictionary<UInt128, FoldedRun> _folded = [];
    private readonly bool _isPast = journals.IsPast;
    private readonly LineReReader _lines = new(new JournalReader(journals.Journals));

    public RunCatalog Build(IEnumerable<AttemptRow> loose, IReadOnlyList<JournalDamage> damage)
    {
        for (int i = 0; i < segments.Count; i++) Choose(i);
        _loose.AddRange(loose);
        LeaveOutRemoved();
        Fold();
        RunSegment[] all = [.. segments, .. SegmentParts.Of(_loose, IndexOptions.Ambient).Select(part => new SegmentSealer(part, null).Seal(_ => false))];
        int[] rows = Order(all);
        return new RunCatalog(storage, journals, [.. all.Select(s => AnnotatedSegment.Of(s, journals.Annotations))], _folded.Count == 0 ? null : _folded, rows) { Damage = damage };
    }

    /// <summary>Leaves out what is not wanted, and what was written after the moment that is shown.</summary>
    private void Choose(int number)
    {
        RunSegment segment = segments[number];
        if (!_isPast && IsAllWanted(segment.Experiment)) return;
        var kept = new bool[segment.Rows];
        ReadOnlySpan<int> of = segment.Journals;
        for (int i = 0; i < kept.Length; i++) kept[i] = journals.Wanted.Contains(of[i]) && (!_isPast || IsBefore(segment, i));
        _kept[number] = kept;
    }

    private bool IsAllWanted(string? experiment)
    {
        for (int i = 0; i < journals.States.Count; i++)
        {
            if (journals.States[i].Covered > 0 && journals.States[i].Head.Experiment == experiment && !journals.Wanted.Contains(i)) return false;
        }

        return true;
    }

    private bool IsBefore(RunSegment segment, int row)
    {
        long limit = journals.Limit(segment.Journals[row]);
        ApartRow whole = Apart(segment, row);
        ApartRow? before = whole.Before(limit);
        if (before == whole) return true;
        if (before is { } part) _loose.Add(_lines.Row(part));
        return false;
    }

    private static ApartRow Apart(RunSegment segment, int row) => new(
        new AttemptKey(segment.Id(row), segment.Attempts[row], segment.Journals[row]),
        segment.StartOffsets[row], segment.StartLengths[row], segment.EndOffsets[row], segment.EndLengths[row]);

    // Before runs are folded: an attempt that is removed neither counts nor hides another.
    private void LeaveOutRemoved()
    {
        HashSet<UInt128> ids = journals.Annotations.RemovedIds;
        if (ids.Count == 0) return;
        _loose.RemoveAll(r => IsRemoved(r.Id, r.Journal, r.Attempt));
        for (int i = 0; i < segments.Count; i++)
        {
            (int number, RunSegment segment) = (i, segments[i]);
            IdProbe.Find(segment, ids, (row, id) =>
            {
                if (!IsRemoved(id, segment.Journals[row], segment.Attempts[row])) return;
                bool[] kept = _kept[number] ??= [.. Enumerable.Repeat(true, segment.Rows)];
                kept[row] = false;
            });
        }
    }

    private bool IsRemoved(UInt128 id, int journal, int attempt) => journals.Annotations.RemovalOf(id, journals.States[journal].Name, attempt) is not null;

    private void Fold()
    {
        if (_loose.Count == 0 && !Array.Exists([.. segments], s => s.Repeats > 0)) return;
        var ids = new HashSet<UInt128>(_loose.Select(r => r.Id));
        foreach (RunSegment segment in segments.Where(s => s.Repeats > 0))
        {
            ReadOnlySpan<byte> repeated = segment.Repeated;
            for (int i = 0; i < repeated.Length; i++)
            {
                if (repeated[i] != 0) ids.Add(segment.Id(i));
            }
        }

        var places = new Dictionary<UInt128, List<(int Segment, int Row)>>();
        for (int i = 0; i < segments.Count; i++)
        {
            int number = i;
            IdProbe.Find(segments[i], ids, (row, id) =>
            {
                if (!IsKept(number, row)) return;
                if (!places.TryGetValue(id, out List<(int, int)>? rows)) places.Add(id, rows = []);
                rows.Add((number, row));
            });
        }

        ILookup<UInt128, AttemptRow> loose = _loose.ToLookup(r => r.Id);
        _loose.Clear();
        foreach (UInt128 id in ids) Fold(id, places.GetValueOrDefault(id) ?? [], [.. loose[id]]);
    }

    private bool IsKept(int segment, int row) => _kept[segment] is not { } kept || kept[row];

    private void Fold(UInt128 id, List<(int Segment, int Row)> places, AttemptRow[] loose)
    {
        if (places.Count + loose.Length == 0) return;
        if (places.Count + loose.Length == 1)
        {
            _loose.AddRange(loose);
            return;
        }

        FoldedRun run = RunFolding.Fold([.. places.Select((p, i) => Fragment(segments[p.Segment], p.Row, i)), .. loose.Select((r, i) => Fragment(r, places.Count + i))], journals);
        _folded.Add(id, run);
        for (int i = 0; i < places.Count; i++)
        {
            if (i != run.Shown.Source) _dropped[places[i].Segment].Add(places[i].Row);
        }

        Fragment shown = run.Shown;
        if (shown.Source >= places.Count) _loose.Add(loose[shown.Source - places.Count]);
        else if (shown.Source < 0) _loose.Add(_lines.Row(new ApartRow(new AttemptKey(id, shown.Attempt, shown.Journal), shown.Start, shown.StartLength, shown.End, shown.EndLength)));
    }

    private static Fragment Fragment(RunSegment segment, int row, int source)
    {
        ApartRow places = Apart(segment, row);
        var status = (RunStatus)segment.Statuses[row];
        var ending = new RunEnding(segment.Speaks[row] != 0, places.Key.Attempt, status == RunStatus.Success, segment.EndedAt(row));
        return new Fragment(places.Key.Journal, places.Key.Attempt, places.Start, places.StartLength, places.End, places.EndLength, status, ending, source);
    }

    private static Fragment Fragment(AttemptRow row, int source)
    {
        ApartRow places = ApartRow.Of(row);
        RunStatus status = row.HasEnd ? row.End.Status : RunStatus.Running;
        return new Fragment(row.Journal, row.Attempt, places.Start, places.StartLength, places.End, places.EndLength, status, row.HasEnd ? RunEnding.Of(row.End) : default, source);
    }

    private int[] Order(RunSegment[] all)
    {
        var runs = new List<int[]>();
        int first = 0;
        for (int i = 0; i < all.Length; first += all[i++].Rows) runs.Add(Rows(i, all[i].Rows, first));
        return new RowMerger(all).Merge(runs);
    }

    private int[] Rows(int segment, int count, int first)
    {
        bool[]? kept = segment < segments.Count ? _kept[segment] : null;
        HashSet<int>? dropped = segment < segments.Count ? _dropped[segment] : null;
        var rows = new int[count];
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            if ((kept is null || kept[i]) && (dropped is not { Count: > 0 } || !dropped.Contains(i))) rows[length++] = first + i;
        }

        return length == count ? rows : rows[..length];
    }
}
