namespace Assay;

/// <summary>
/// The journals of a store at one moment: their lengths, and whose writers lived. Results are read later, when they are looked at, but never beyond this: they show the moment
/// they were asked for, however much is appended meanwhile and whoever ends.
/// </summary>
internal sealed class JournalSnapshot
{
    private readonly Dictionary<string, long> _lengths;
    private readonly HashSet<string> _live;

    private JournalSnapshot(Dictionary<string, long> lengths, HashSet<string> live, RunAnnotations annotations) => (_lengths, _live, Annotations) = (lengths, live, annotations);

    /// <summary>What had been said of runs.</summary>
    public RunAnnotations Annotations { get; }

    public IEnumerable<string> Journals => _lengths.Keys.Order(StringComparer.Ordinal);

    public static JournalSnapshot Take(StoreLayout layout, TimeProvider clock)
    {
        IReadOnlyList<string> journals = layout.AllJournals();
        // Before the lengths: what a writer that is dead by now has written is then all within them. A writer takes its lock before it makes its journal.
        HashSet<string> live = Live(layout, journals, clock);
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string journal in journals)
        {
            if (Length(journal) is { } length) lengths.Add(journal, length);
        }

        return new JournalSnapshot(lengths, live, RunAnnotations.Read(layout));
    }

    /// <summary>Whether the writer of a journal lived at that moment.</summary>
    public bool IsAlive(string journal) => _live.Contains(journal);

    // Few of many journals have a lock at all, so one look at the folder spares a look for each.
    private static HashSet<string> Live(StoreLayout layout, IReadOnlyList<string> journals, TimeProvider clock)
    {
        HashSet<string> locks = Directory.Exists(layout.Locks) ? [.. Directory.EnumerateFiles(layout.Locks).Select(Path.GetFileNameWithoutExtension).OfType<string>()] : [];
        return [.. journals.Where(j => StoreLayout.WriterOf(j) is var writer && locks.Contains(writer) && StoreLock.IsHeld(layout.WriterLock(writer), clock))];
    }

    /// <returns>Null when the file has just gone; the longest possible when it cannot be told, so that the scan says what is wrong with it.</returns>
    private static long? Length(string journal)
    {
        try
        {
            var file = new FileInfo(journal);
            if (file.LinkTarget is null) return file.Exists ? file.Length : null;
            // Of a link, the length is that of the link itself. One that leads nowhere is for the scan to tell.
            return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : long.MaxValue;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }

    public long LengthOf(string journal) => _lengths.GetValueOrDefault(journal);
}
