namespace Assay.Questions;

/// <summary>Follows the journals of a store. Each event is reported once; those of one call are in order of time.</summary>
internal sealed class LiveStore(Store store, TimeProvider clock, Func<LiveEvent, bool> wanted)
{
    private readonly Dictionary<string, LiveJournal> _journals = new(StringComparer.Ordinal);

    /// <summary>The number of runs that were under way at the last call.</summary>
    public int Running => _journals.Values.Sum(j => j.Open.Count);

    /// <summary>Whether the run was under way at the last call.</summary>
    public bool IsOpen(string run) => _journals.Values.Any(j => j.Open.ContainsKey(run));

    /// <summary>The events since the last call; at the first call all of them.</summary>
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

/// <summary>Reads the whole lines of a journal, and at each further call those that were appended since.</summary>
internal sealed class LiveJournal(JournalRef journal)
{
    private const int BlockSize = 1 << 16;

    private readonly List<byte> _unfinished = [];
    private long _offset;
    private long _lines;

    public JournalRef Journal => journal;

    public string Writer => JournalInfo.WriterOf(journal.Name);

    /// <summary>The runs that were started in the journal and have not ended, with their experiments.</summary>
    public OrderedDictionary<string, string> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>The time of the last line of a run.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Adds the events of the lines that were appended since the last call.</summary>
    public void Read(LiveEvents events)
    {
        using JournalSource source = journal.Open();
        byte[] block = new byte[BlockSize];
        for (int read; (read = source.Read(block, _offset)) > 0; _offset += read) Take(block.AsSpan(0, read), events);
    }

    private void Take(ReadOnlySpan<byte> bytes, LiveEvents events)
    {
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            _unfinished.AddRange(bytes[..end]);
            _lines++;
            if (LiveLine.Read([.. _unfinished], journal.Location, _lines) is { } happened)
            {
                events.Add(happened);
                LastAt = happened.At;
                if (happened.Kind == "run_start") Open[happened.RunId] = happened.Experiment;
                if (happened.Kind == "run_end") Open.Remove(happened.RunId);
            }

            _unfinished.Clear();
        }

        _unfinished.AddRange(bytes);
    }
}
