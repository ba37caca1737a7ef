namespace Assay;

/// <summary>
/// What is known of each run id: a hash table of 32 bytes an entry, because it is the one thing that grows with the number of
/// finished runs. Not thread-safe; its users lock.
/// </summary>
internal sealed class RunTable
{
    private Entry[] _entries = new Entry[1024];
    private int _mask = 1023;

    public int Count { get; private set; }

    /// <summary>The entry of an id, made when it is new. The reference is valid until the next call.</summary>
    public ref Entry this[UInt128 id]
    {
        get
        {
            if ((Count + 1) * 4L > _entries.Length * 3L) Grow();
            ref Entry entry = ref Slot(_entries, _mask, id);
            if (!entry.Used)
            {
                entry.Id = id;
                entry.Used = true;
                Count++;
            }

            return ref entry;
        }
    }

    public IEnumerable<Entry> Entries() => _entries.Where(e => e.Used);

    public bool TryGet(UInt128 id, out Entry entry)
    {
        entry = Slot(_entries, _mask, id);
        return entry.Used;
    }

    private void Grow()
    {
        var bigger = new Entry[_entries.Length * 2];
        foreach (Entry entry in _entries)
        {
            if (entry.Used) Slot(bigger, bigger.Length - 1, entry.Id) = entry;
        }

        (_entries, _mask) = (bigger, bigger.Length - 1);
    }

    // Ids are hashes already: any 32 of their bits will do.
    private static ref Entry Slot(Entry[] entries, int mask, UInt128 id)
    {
        int at = (int)(uint)id & mask;
        while (entries[at].Used && entries[at].Id != id) at = (at + 1) & mask;
        return ref entries[at];
    }

    /// <summary>32 bytes: the fields are as small as they can be, because a million of these are held while an experiment runs.</summary>
    internal struct Entry
    {
        private const byte UsedFlag = 1, ClaimedFlag = 2, SpeaksFlag = 4;
        private ushort _startedAttempt;
        private ushort _endedAttempt;
        private byte _status;
        private byte _flags;

        public UInt128 Id;

        /// <summary>Time of the run_end that <see cref="Status"/> is from.</summary>
        public long EndedAt;

        /// <summary>Which code and context made it, as a number of its user's; -1 for unknown.</summary>
        public short Code;

        /// <summary>The highest attempt seen; counts no further than 65535.</summary>
        public readonly int Attempts => Math.Max(_startedAttempt, _endedAttempt);

        /// <summary>Whether the run_start of the attempt that counts, or of a later one, has been read: without it, a run's parameters are lost.</summary>
        public readonly bool HasStart => _startedAttempt >= _endedAttempt;

        /// <summary>The attempt that <see cref="Status"/> is from; 0 when none has ended.</summary>
        public readonly int EndedAttempt => _endedAttempt;

        public readonly RunStatus Status => (RunStatus)_status;

        public bool Used
        {
            readonly get => (_flags & UsedFlag) != 0;
            set => _flags |= UsedFlag;
        }

        /// <summary>Met in the plan being run.</summary>
        public bool Claimed
        {
            readonly get => (_flags & ClaimedFlag) != 0;
            set => _flags |= ClaimedFlag;
        }

        /// <summary>
        /// Takes note of an attempt that was removed: it says nothing of the run, but its number is not given again. Were it restored, two attempts of one number could not be told apart.
        /// </summary>
        public void FoldRemoved(int attempt) => _startedAttempt = Math.Max(_startedAttempt, (ushort)Math.Clamp(attempt, 1, ushort.MaxValue));

        /// <summary>Folds one line into the entry; the order in which lines arrive does not matter.</summary>
        public void Fold(in JournalLine line)
        {
            ushort attempt = (ushort)Math.Clamp(line.Attempt, 1, ushort.MaxValue);
            var known = new RunEnding((_flags & SpeaksFlag) != 0, _endedAttempt, Status == RunStatus.Success, EndedAt);
            if (line.Kind != JournalKind.RunEnd || (_endedAttempt > 0 && RunEnding.Of(line).CompareTo(known) <= 0))
            {
                _startedAttempt = Math.Max(_startedAttempt, attempt);
                return;
            }

            // The attempt that counted until now has been one, too.
            if (_endedAttempt > attempt) _startedAttempt = Math.Max(_startedAttempt, _endedAttempt);
            (_status, _endedAttempt, EndedAt) = ((byte)line.Status, attempt, line.Time);
            _flags = (byte)(line.Speaks ? _flags | SpeaksFlag : _flags & ~SpeaksFlag);
        }
    }
}
