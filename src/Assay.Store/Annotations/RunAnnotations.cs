namespace Assay;

/// <summary>
/// Notes, tags and removals of runs that were recorded before, read from the journals of <c>annotations/</c> and merged with the runs' own
/// journals when these are read. Immutable and thread-safe. See docs/design/0011-annotations.md.
/// </summary>
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

    /// <summary>Ids of which some attempt is removed.</summary>
    public HashSet<UInt128> RemovedIds { get; }

    /// <summary>Ids of runs whose tags were changed.</summary>
    public HashSet<UInt128> TaggedIds { get; }

    /// <summary>Names of journals that cleanups have freed, or have begun to: one that is missing otherwise may come back.</summary>
    public IReadOnlySet<string> Gone { get; private init; } = new HashSet<string>();

    /// <summary>Lines that cannot be read.</summary>
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

    /// <summary>
    /// The time for a new annotation of a run: later than those that were read, even where the clocks of two hosts differ, because what
    /// answers something must come behind it.
    /// </summary>
    public DateTimeOffset After(UInt128 id, TimeProvider clock)
    {
        long now = clock.GetUtcNow().UtcTicks;
        return new DateTimeOffset(_byId.TryGetValue(id, out AnnotatedRun? run) ? Math.Max(now, run.LastAt + 1) : now, TimeSpan.Zero);
    }
}
