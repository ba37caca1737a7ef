namespace Assay;

/// <summary>Makes a catalog: chooses the attempts that count, folds runs that have several, and orders all by their starts.</summary>
internal sealed class CatalogBuilder(IndexedJournals journals, IReadOnlyList<RunSegment> segments)
{
    private readonly List<AttemptRow> _unsealed = [];
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
        return new RunCatalog(journals, annotated, _folded, rows) { Damage = damage };
    }

    /// <summary>Leaves out attempts of journals that are not wanted, and lines written after the moment that is shown.</summary>
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
                if (IsRemoved(id, segment.Journals[row], segment.Attempts[row])) LeaveOut(number, row);
            });
        }
    }

    private void LeaveOut(int segment, int row) => (_kept[segment] ??= [.. Enumerable.Repeat(true, segments[segment].Rows)])[row] = false;

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
                if (repeated[i] != 0) ids.Add(segment.Id(i));
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

        Fragment[] fragments =
        [
            .. places.Select((p, i) => new Fragment(segments[p.Segment].Lines(p.Row), segments[p.Segment].Ending(p.Row), i)),
            .. unsealed.Select((r, i) => new Fragment(r.Lines, r.HasEnd ? RunEnding.Of(r.End) : default, places.Count + i)),
        ];
        FoldedRun run = RunFolding.Fold(fragments, journals);
        _folded.Add(id, run);
        for (int i = 0; i < places.Count; i++)
            if (i != run.Shown.Source) LeaveOut(places[i].Segment, places[i].Row);

        if (run.Shown.Source >= places.Count) _unsealed.Add(unsealed[run.Shown.Source - places.Count]);
        else if (run.Shown.Source < 0) _unsealed.Add(_reader.Read(run.Shown.Lines));
    }

    private int[] Order(RunSegment[] all)
    {
        int[] bases = RunCatalog.BasesOf(all);
        return new RowMerger(all, bases).Merge([.. all.Select((segment, i) => Rows(i, segment.Rows, bases[i]))]);
    }

    private int[] Rows(int segment, int count, int first)
    {
        IEnumerable<int> rows = Enumerable.Range(first, count);
        return segment < segments.Count && _kept[segment] is { } kept ? [.. rows.Where(row => kept[row - first])] : [.. rows];
    }
}

/// <summary>Puts rows of segments, each in order, into one order: by start, then by id.</summary>
internal sealed class RowMerger(RunSegment[] segments, int[] bases)
{
    public int[] Merge(List<int[]> parts)
    {
        List<int[]> left = parts.FindAll(p => p.Length > 0);
        left.Sort((a, b) => Compare(a[0], b[0]));
        while (left.Count > 1) left = [.. left.Chunk(2).Select(pair => pair is [var one, var other] ? Merge(one, other) : pair[0])];
        return left.Count == 0 ? [] : left[0];
    }

    // Segments follow each other in time but for a little at their ends, which is all that is looked at.
    private int[] Merge(int[] a, int[] b)
    {
        var merged = new int[a.Length + b.Length];
        int first = Array.BinarySearch(a, b[0], Comparer<int>.Create(Compare)), i = first < 0 ? ~first : first, j = 0, at = i;
        a.AsSpan(0, i).CopyTo(merged);
        while (i < a.Length && j < b.Length) merged[at++] = Compare(b[j], a[i]) < 0 ? b[j++] : a[i++];
        a.AsSpan(i).CopyTo(merged.AsSpan(at));
        b.AsSpan(j).CopyTo(merged.AsSpan(at + a.Length - i));
        return merged;
    }

    private int Compare(int a, int b)
    {
        (RunSegment one, int rowOfOne) = Place(a);
        (RunSegment other, int rowOfOther) = Place(b);
        int order = one.StartedAt(rowOfOne).CompareTo(other.StartedAt(rowOfOther));
        return order != 0 ? order : one.Id(rowOfOne).CompareTo(other.Id(rowOfOther));
    }

    private (RunSegment Segment, int Row) Place(int row)
    {
        int segment = RunCatalog.SegmentOf(bases, row);
        return (segments[segment], row - bases[segment]);
    }
}

/// <summary>One attempt in one journal, from a segment or from lines that were read again.</summary>
/// <param name="Lines">The places of its lines.</param>
/// <param name="Ending">What decides which attempt counts; without meaning where there is no end.</param>
/// <param name="Source">The caller's number for it; -1 when several were put together.</param>
internal readonly record struct Fragment(AttemptLines Lines, RunEnding Ending, int Source)
{
    public bool HasEnd => Lines.End >= 0;
}

/// <summary>A run of several attempts, or of one attempt that is in several places.</summary>
/// <param name="Shown">The attempt that counts, or the one under way.</param>
/// <param name="Attempts">Every attempt in each journal that has lines of it, in their order.</param>
internal sealed record FoldedRun(Fragment Shown, IReadOnlyList<AttemptLines> Attempts);

/// <summary>Chooses the attempt of a run that is shown: the one that counts (see <see cref="RunEnding"/>), or the one under way.</summary>
internal static class RunFolding
{
    public static FoldedRun Fold(IEnumerable<Fragment> fragments, IndexedJournals journals)
    {
        Fragment[] attempts =
        [
            .. fragments.GroupBy(f => f.Lines.Key).OrderBy(g => g.Key.Attempt).ThenBy(g => journals.Rank(g.Key.Journal))
                .Select(g => Merge([.. g])),
        ];
        Fragment latest = attempts[^1];
        Fragment? counting = null;
        foreach (Fragment attempt in attempts)
            if (attempt.HasEnd && (counting is not { } best || attempt.Ending.CompareTo(best.Ending) > 0)) counting = attempt;

        bool isUnderWay = !latest.HasEnd && journals.IsAlive(latest.Lines.Key.Journal);
        return new FoldedRun(isUnderWay ? latest : counting ?? latest, [.. attempts.Select(a => a.Lines)]);
    }

    // A line may be there twice: of starts the last counts, of ends the first.
    private static Fragment Merge(Fragment[] same)
    {
        long start = same.Max(f => f.Lines.Start), end = same.Where(f => f.HasEnd).Select(f => f.Lines.End).DefaultIfEmpty(-1).Min();
        foreach (Fragment fragment in same)
            if (fragment.Lines.Start == start && fragment.Lines.End == end) return fragment;

        Fragment last = same.First(f => f.Lines.Start == start), first = same.First(f => f.Lines.End == end);
        return first with { Lines = first.Lines with { Start = last.Lines.Start, StartLength = last.Lines.StartLength }, Source = -1 };
    }
}
