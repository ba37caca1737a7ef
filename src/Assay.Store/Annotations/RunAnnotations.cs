namespace Assay;

/// <summary>
/// What was said of runs after they were recorded, as the journals of <c>annotations/</c> say it: notes, tags, which attempts are removed. Merged with what the runs' own journals say
/// when those are read. Immutable and thread-safe. See docs/design/0011-annotations.md.
/// </summary>
internal sealed class RunAnnotations
{
    private static readonly RunAnnotations None = new([], []);

    private readonly Dictionary<UInt128, ToldOfRun> _byId;

    private RunAnnotations(Dictionary<UInt128, ToldOfRun> byId, IReadOnlyList<JournalDamage> damage)
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
        return new RunAnnotations(reader.ByRun.ToDictionary(r => r.Key, r => new ToldOfRun(r.Value)), [.. LineNumbers.Of(reader.Damage)])
        {
            Gone = reader.ByRun.Values.SelectMany(lines => lines).Where(l => l.Kind == AnnotationKind.Gone).Select(l => l.Journal).ToHashSet(StringComparer.Ordinal),
        };
    }

    public IReadOnlyList<RunNote> NotesOf(UInt128 id) => _byId.TryGetValue(id, out ToldOfRun? told) ? told.Notes : [];

    /// <summary>The tags of a run, of which it recorded some itself.</summary>
    public IReadOnlyList<string> TagsOf(UInt128 id, IReadOnlyList<string> recorded) => _byId.TryGetValue(id, out ToldOfRun? told) ? told.Tags(recorded) : recorded;

    /// <param name="id">The run.</param>
    /// <param name="journal">Path or name of the journal.</param>
    /// <param name="attempt">The attempt.</param>
    /// <returns>Null when the attempt is not removed.</returns>
    public Removal? RemovalOf(UInt128 id, string journal, int attempt) =>
        RemovedIds.Contains(id) ? _byId[id].RemovalOf(new AttemptPlace(Path.GetFileName(journal), attempt)) : null;

    /// <summary>When attempts of a run in a journal were last removed, in ticks of UTC; null for never.</summary>
    public long? LastRemoval(UInt128 id, string journal) => RemovedIds.Contains(id) ? _byId[id].LastRemoval(Path.GetFileName(journal)) : null;

    /// <summary>The runs that are removed, in whole or but for later attempts; the one that was removed last comes first.</summary>
    public IReadOnlyList<RemovedRun> Removed() => [.. RemovedIds.Select(id => _byId[id].Removed(id)).OrderByDescending(r => r.RemovedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>
    /// The moment to give to what is said of a run now: later than all that was read of it, whatever the clocks of two hosts say, because what answers something must come behind it.
    /// </summary>
    public DateTimeOffset After(UInt128 id, TimeProvider clock)
    {
        long now = clock.GetUtcNow().UtcTicks;
        return new DateTimeOffset(_byId.TryGetValue(id, out ToldOfRun? told) ? Math.Max(now, told.LastAt + 1) : now, TimeSpan.Zero);
    }
}
