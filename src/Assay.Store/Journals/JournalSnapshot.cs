namespace Assay.Journals;

/// <summary>
/// The journals of a store at one moment: their lengths, and whose writers lived. Results are read later, when they are looked at, but
/// never beyond this: they show the moment they were asked for, whatever is appended meanwhile.
/// </summary>
internal sealed class JournalSnapshot
{
    private readonly Dictionary<string, JournalInfo> _journals;
    private readonly HashSet<string> _live;

    private JournalSnapshot(
        StorageBackend storage, DateTimeOffset takenAt, IReadOnlyList<JournalInfo> journals, HashSet<string> live,
        RunAnnotations annotations)
    {
        (Storage, TakenAt, Journals, _live, Annotations) = (storage, takenAt, journals, live, annotations);
        _journals = journals.ToDictionary(j => j.Name, StringComparer.Ordinal);
    }

    public StorageBackend Storage { get; }

    public DateTimeOffset TakenAt { get; }

    /// <summary>The annotations of runs.</summary>
    public RunAnnotations Annotations { get; }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<JournalInfo> Journals { get; }

    public static JournalSnapshot Take(StorageBackend storage, TimeProvider clock)
    {
        // Before the lengths: everything that a writer which is dead by then has written is within them. A writer takes its lease before it
        // creates its journal.
        HashSet<string> live = [.. storage.ListLeases().Where(name => LeaseName.IsWriter(name) && storage.IsLeased(name, clock))];
        return new JournalSnapshot(storage, clock.GetUtcNow(), storage.ListJournals(JournalArea.Runs), live, RunAnnotations.Read(storage));
    }

    /// <summary>Whether the writer of a journal lived at that moment.</summary>
    public bool IsAlive(string journal) => _live.Contains(JournalInfo.WriterOf(journal));

    /// <summary>The journal as it was then; null where there was none of the name.</summary>
    public JournalInfo? Find(string journal) => _journals.TryGetValue(journal, out JournalInfo info) ? info : null;
}
