namespace Assay.Journals;

/// <summary>The journals of a store at one moment, their lengths, and whose writers lived; later results show no more than this.</summary>
internal sealed class JournalSnapshot
{
    private readonly Dictionary<string, JournalInfo> _journals;
    private readonly HashSet<string> _live;

    private JournalSnapshot(StorageBackend storage, TimeProvider clock)
    {
        Storage = storage;
        // Before the lengths: everything that a writer which is dead by then has written is within them. A writer takes its lease before it
        // creates its journal.
        _live = [.. storage.ListLeases().Where(name => LeaseName.IsWriter(name) && storage.IsLeased(name, clock))];
        TakenAt = clock.GetUtcNow();
        Journals = storage.ListJournals(JournalArea.Runs);
        _journals = Journals.ToDictionary(j => j.Name, StringComparer.Ordinal);
        Annotations = RunAnnotations.Read(storage);
        Derived = storage.ListJournals(JournalArea.Derived);
    }

    public StorageBackend Storage { get; }

    public DateTimeOffset TakenAt { get; }

    public RunAnnotations Annotations { get; }

    /// <summary>The journals of derived metrics, in ordinal order of their names.</summary>
    public IReadOnlyList<JournalInfo> Derived { get; }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<JournalInfo> Journals { get; }

    public static JournalSnapshot Take(StorageBackend storage, TimeProvider clock) => new(storage, clock);

    public bool IsAlive(string journal) => _live.Contains(JournalInfo.WriterOf(journal));

    /// <summary>The journal as it was then; null where there was none of the name.</summary>
    public JournalInfo? Find(string journal) => _journals.TryGetValue(journal, out JournalInfo info) ? info : null;
}
