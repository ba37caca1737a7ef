namespace Assay.Questions;

/// <summary>Follows the journals of a store. What happens is told once, in order of time as far as one look goes.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">Decides whether writers on other hosts still live.</param>
/// <param name="wanted">Which events to tell.</param>
internal sealed class LiveStore(Store store, TimeProvider clock, Func<LiveEvent, bool> wanted)
{
    private readonly Dictionary<string, LiveJournal> _journals = new(StringComparer.Ordinal);

    /// <summary>The runs that are under way, as of the last look.</summary>
    public int Running => _journals.Values.Sum(j => j.Open.Count);

    /// <summary>Whether the run was under way at the last look.</summary>
    public bool IsOpen(string run) => _journals.Values.Any(j => j.Open.ContainsKey(run));

    /// <summary>What happened since the last look; at the first, since the beginning.</summary>
    /// <param name="most">Of more events only the last so many are kept: the past of a store may not fit into memory.</param>
    public LiveEvents Look(int most = int.MaxValue)
    {
        var removed = RemovedAttempts.Read(store.Storage);
        var events = new LiveEvents(most, happened => wanted(happened) && !IsRemoved(removed, happened));
        foreach (JournalRef reference in JournalRef.All(store.Storage, JournalArea.Runs))
        {
            if (!_journals.TryGetValue(reference.Name, out LiveJournal? journal))
                _journals.Add(reference.Name, journal = new LiveJournal(reference));
            // Asked before reading: what a writer wrote before it went is then among what is read.
            bool alive = store.Storage.IsLeased(journal.Writer, clock);
            journal.Read(events);
            if (!alive) Interrupt(journal, events);
        }

        return events;
    }

    // What came after the removal is of a later attempt.
    private static bool IsRemoved(RemovedAttempts removed, LiveEvent happened) =>
        Fingerprint.TryParse(happened.RunId, out UInt128 id) && happened.At <= removed.LastRemoval(id, happened.Journal);

    // Nobody knows when the writer went; its last line is the latest time it is known to have lived.
    private static void Interrupt(LiveJournal journal, LiveEvents events)
    {
        foreach ((string run, string experiment) in journal.Open)
        {
            const string Interrupted = "interrupted";
            events.Add(new LiveEvent(
                journal.LastAt, run, experiment, Interrupted, Interrupted, "its writer is gone", null, journal.Journal.Location, null));
        }

        journal.Open.Clear();
    }
}
