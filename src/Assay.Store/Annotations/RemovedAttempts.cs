namespace Assay.Journals;

/// <summary>The attempts of runs that are removed from a store, as it stood when this was read. Immutable and thread-safe.</summary>
public sealed class RemovedAttempts
{
    private readonly RunAnnotations _annotations;

    private RemovedAttempts(RunAnnotations annotations) => _annotations = annotations;

    /// <summary>Lines of annotations that cannot be read.</summary>
    public IReadOnlyList<JournalDamage> Damage => _annotations.Damage;

    /// <summary>Reads the annotations of a store.</summary>
    public static RemovedAttempts Read(StorageBackend storage) => new(RunAnnotations.Read(storage));

    /// <summary>Whether an attempt is removed.</summary>
    /// <param name="id">The run.</param>
    /// <param name="journal">The name of the journal.</param>
    /// <param name="attempt">The attempt, from 1.</param>
    public bool Contains(UInt128 id, string journal, int attempt) => _annotations.RemovalOf(id, journal, attempt) is not null;

    /// <summary>The time in UTC at which attempts of a run in a journal were last removed; null when none was.</summary>
    /// <param name="id">The run.</param>
    /// <param name="journal">The path or name of the journal.</param>
    public DateTimeOffset? LastRemoval(UInt128 id, string journal) =>
        _annotations.LastRemoval(id, journal) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
