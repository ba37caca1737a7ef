namespace Assay.Questions;

/// <summary>Follows the journals of a store. Each event is reported once; those of one call are in order of time.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">Decides whether writers on other hosts still live.</param>
/// <param name="wanted">The condition on an event.</param>
internal sealed class LiveStore(Store store, TimeProvider clock, Func<LiveEvent, bool> wanted)
{
    private readonly Dictionary<string, LiveJournal> _journals = new(StringComparer.Ordinal);

    /// <summary>The number of runs that were under way at the last call.</summary>
    public int Running => _journals.Values.Sum(j => j.Open.Count);

    /// <summary>Whether the run was under way at the last call.</summary>
    public bool IsOpen(string run) => _journals.Values.Any(j => j.Open.ContainsKey(run));

    /// <summary>The events since the last call; at the first call all of them.</summary>
    /// <param name="most">The number of events to keep, the last ones: the past of a store may not fit into memory.</param>
    public LiveEvents Look(int most = int.MaxValue)
    {
        var removed = RemovedAttempts.Read(store.Storage);
        var events = new LiveEvents(most, happened => wanted(happened) && !IsRemoved(removed, happened));
        foreach (JournalRef reference in JournalRef.All(store.Storage, JournalArea.Runs))
        {
            if (!_journals.TryGetValue(reference.Name, out LiveJournal? journal))
                _journals.Add(reference.Name, journal = new LiveJournal(reference));
            // The lease is asked for before the journal is read, so that the last lines of a writer that ends meanwhile are read.
            bool alive = store.Storage.IsLeased(journal.Writer, clock);
            journal.Read(events);
            if (!alive) Interrupt(journal, events);
        }

        return events;
    }

    // An event after the removal belongs to a later attempt.
    private static bool IsRemoved(RemovedAttempts removed, LiveEvent happened) =>
        Fingerprint.TryParse(happened.RunId, out UInt128 id) && happened.At <= removed.LastRemoval(id, happened.Journal);

    // The time at which the writer ended is not known; that of its last line comes closest.
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
