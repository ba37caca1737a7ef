using System.Runtime.InteropServices;

namespace Assay;

/// <summary>Notes, tags and removals of runs, from <c>annotations/</c> (docs/design/0011-annotations.md). Immutable, thread-safe.</summary>
internal sealed class RunAnnotations
{
    private static readonly RunAnnotations None = new([], []);

    private readonly Dictionary<UInt128, AnnotatedRun> _byId;

    private RunAnnotations(Dictionary<UInt128, AnnotatedRun> byId, IReadOnlyList<JournalDamage> damage)
    {
        (_byId, Damage) = (byId, damage);
        RemovedIds = [.. byId.Where(t => t.Value.HasRemovals).Select(t => t.Key)];
        TaggedIds = [.. byId.Where(t => t.Value.HasTags).Select(t => t.Key)];
    }

    public HashSet<UInt128> RemovedIds { get; }

    public HashSet<UInt128> TaggedIds { get; }

    /// <summary>Names of journals that cleanups have freed, or have begun to: one that is missing otherwise may come back.</summary>
    public IReadOnlySet<string> Gone { get; private init; } = new HashSet<string>();

    public IReadOnlyList<JournalDamage> Damage { get; }

    /// <summary>Reads what there is; a store without annotations costs a look.</summary>
    public static RunAnnotations Read(StorageBackend storage)
    {
        IReadOnlyList<JournalRef> journals = JournalRef.All(storage, JournalArea.Annotations);
        if (journals.Count == 0) return None;
        var reader = new AnnotationReader();
        foreach (JournalRef journal in journals) reader.Read(journal);
        return new RunAnnotations(reader.ByRun.ToDictionary(r => r.Key, r => new AnnotatedRun(r.Value)), [.. LineNumbers.Of(reader.Damage)])
        {
            Gone = reader.ByRun.Values.SelectMany(lines => lines).Where(l => l.Kind == AnnotationKind.Gone).Select(l => l.Journal)
                .ToHashSet(StringComparer.Ordinal),
        };
    }

    public IReadOnlyList<RunNote> NotesOf(UInt128 id) => _byId.TryGetValue(id, out AnnotatedRun? run) ? run.Notes : [];

    /// <summary>The tags of a run, of which it recorded some itself.</summary>
    public IReadOnlyList<string> TagsOf(UInt128 id, IReadOnlyList<string> recorded) =>
        _byId.TryGetValue(id, out AnnotatedRun? run) ? run.Tags(recorded) : recorded;

    /// <summary>When an attempt in a journal, given by its path or name, was removed; null when it was not.</summary>
    public Removal? RemovalOf(UInt128 id, string journal, int attempt) =>
        RemovedIds.Contains(id) ? _byId[id].RemovalOf(new AttemptPlace(Path.GetFileName(journal), attempt)) : null;

    /// <summary>When attempts of a run in a journal were last removed, in ticks of UTC; null for never.</summary>
    public long? LastRemoval(UInt128 id, string journal) =>
        RemovedIds.Contains(id) ? _byId[id].LastRemoval(Path.GetFileName(journal)) : null;

    /// <summary>The runs that are removed, in whole or but for later attempts; the one that was removed last comes first.</summary>
    public IReadOnlyList<RemovedRun> Removed() =>
        [.. RemovedIds.Select(id => _byId[id].Removed(id)).OrderByDescending(r => r.RemovedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>The time for a new annotation of a run: later than all that were read, whatever the clocks of two hosts show.</summary>
    public DateTimeOffset After(UInt128 id, TimeProvider clock)
    {
        long now = clock.GetUtcNow().UtcTicks;
        return new DateTimeOffset(_byId.TryGetValue(id, out AnnotatedRun? run) ? Math.Max(now, run.LastAt + 1) : now, TimeSpan.Zero);
    }
}

/// <summary>The annotations of the attempts of one run, in the order of times that <see cref="RunAnnotations.After"/> gives.</summary>
internal sealed class AnnotatedRun
{
    private readonly AnnotationLine[] _lines;
    private readonly Dictionary<AttemptPlace, Removal> _gone = [];

    /// <param name="lines">All lines of the run, those of one moment in the order of their journals.</param>
    public AnnotatedRun(IReadOnlyList<AnnotationLine> lines)
    {
        AnnotationLine[] ordered = [.. lines.OrderBy(l => l.At)];
        LastAt = ordered[^1].At;
        Experiment = ordered[^1].Experiment;
        foreach (AnnotationLine line in ordered)
            foreach (AttemptPlace place in line.Places) Take(line, place);

        _lines = [.. ordered.Where(l => l.Kind is AnnotationKind.Note or AnnotationKind.Tags && !l.Places.Any(_gone.ContainsKey))];
    }

    public long LastAt { get; }

    public string Experiment { get; }

    public bool HasRemovals => _gone.Count > 0;

    public bool HasTags => Array.Exists(_lines, l => l.Kind == AnnotationKind.Tags);

    public IReadOnlyList<RunNote> Notes =>
        [.. _lines.Where(l => l.Kind == AnnotationKind.Note).Select(l => new RunNote(l.Text, new DateTimeOffset(l.At, TimeSpan.Zero)))];

    public Removal? RemovalOf(AttemptPlace place) => _gone.TryGetValue(place, out Removal removal) ? removal : null;

    public long? LastRemoval(string journal) => _gone.Where(g => g.Key.Journal == journal).Max(g => (long?)g.Value.At);

    /// <summary>The tags after all changes of those that the run recorded itself.</summary>
    public IReadOnlyList<string> Tags(IReadOnlyList<string> recorded)
    {
        List<string> tags = [.. recorded];
        foreach (AnnotationLine line in _lines)
        {
            tags.RemoveAll(line.Remove.Contains);
            tags.AddRange(line.Add.Except(tags, StringComparer.Ordinal));
        }

        return tags;
    }

    /// <summary>What can be restored; where nothing can, what was freed.</summary>
    public RemovedRun Removed(UInt128 id)
    {
        bool isFreed = _gone.Values.All(r => r.FreedAt is not null);
        KeyValuePair<AttemptPlace, Removal>[] places = [.. _gone.Where(g => isFreed || g.Value.FreedAt is null)];
        return new RemovedRun(Fingerprint.Hex(id), Experiment, new DateTimeOffset(places.Max(p => p.Value.At), TimeSpan.Zero))
        {
            FreedAt = isFreed ? new DateTimeOffset(places.Max(p => p.Value.FreedAt!.Value), TimeSpan.Zero) : null,
            Places = [.. places.Select(p => p.Key)],
        };
    }

    private void Take(AnnotationLine line, AttemptPlace place)
    {
        bool isGone = _gone.TryGetValue(place, out Removal removal);
        switch (line.Kind)
        {
            case AnnotationKind.Removed when !isGone: _gone.Add(place, new Removal(line.At, null)); break;
            case AnnotationKind.Restored when isGone && removal.FreedAt is null: _gone.Remove(place); break;
            // What is freed stays removed, even where a later line restores it: parts of it may be gone.
            case AnnotationKind.Freed: _gone[place] = new Removal(isGone ? removal.At : line.At, line.At); break;
        }
    }
}

/// <summary>When an attempt was removed, and when what it held was freed, in ticks of UTC; null while it can be restored.</summary>
internal readonly record struct Removal(long At, long? FreedAt);

/// <summary>Segments whose runs have other tags than they recorded.</summary>
internal static class AnnotatedSegment
{
    /// <summary>The segment with the tags that annotations give its runs; the same segment where they change none.</summary>
    public static RunSegment Of(RunSegment source, RunAnnotations annotations)
    {
        var changed = new List<(int Row, UInt128 Id)>();
        source.FindIds(annotations.TaggedIds, (row, id) => changed.Add((row, id)));
        return changed.Count == 0 ? source : source.WithTags(Merged(source, changed, annotations));
    }

    private static FieldColumn Merged(RunSegment source, List<(int Row, UInt128 Id)> changed, RunAnnotations annotations)
    {
        FieldColumn? before = source.Field(FieldKey.Tags);
        byte[] values = before is null ? new byte[source.Rows * sizeof(int)] : before.Values.ToArray();
        Span<int> codes = MemoryMarshal.Cast<byte, int>(values.AsSpan());
        ulong[] valid = new ulong[(source.Rows + 63) / 64];
        if (before is not null) valid.AsSpan().Fill(ulong.MaxValue);
        before?.Valid?.CopyTo(valid, 0);
        var pool = new BytePool();
        for (int i = 0; i < before?.Texts.Count; i++) pool.Add(before.Texts.Utf8(i));
        foreach ((int row, UInt128 id) in changed)
        {
            IReadOnlyList<string> recorded = before?.IsValid(row) == true ? LineFields.Strings(before.Texts.Utf8(codes[row])) : [];
            IReadOnlyList<string> merged = annotations.TagsOf(id, recorded);
            valid[row >> 6] = merged.Count > 0 ? valid[row >> 6] | (1UL << (row & 63)) : valid[row >> 6] & ~(1UL << (row & 63));
            codes[row] = pool.Add(new JsonBuffer().Strings(merged).Written);
        }

        var texts = new FieldTexts(pool.Places, pool.Bytes);
        return new FieldColumn(FieldKey.Tags, ColumnForm.Json, source.Rows, values) { Texts = texts, Valid = valid };
    }
}
