namespace Assay;

/// <summary>
/// What is known of each run id: a hash table of 32 bytes an entry, because it is the one thing that grows with the number of finished runs. It consists of many small tables that grow one
/// at a time, by a quarter, so that growing never needs the memory of the whole table twice. Not thread-safe; its users lock.
/// </summary>
internal sealed class RunTable
{
    // Few enough to cost nothing, and so many that each table of ten million runs is an ordinary object for the garbage collector.
    private const int TableBits = 13;
    private const int SmallestTable = 8;

    private readonly Entry[]?[] _tables = new Entry[1 << TableBits][];
    private readonly int[] _counts = new int[1 << TableBits];

    public int Count { get; private set; }

    /// <summary>The entry of an id, made when it is new. The reference is valid until the next call.</summary>
    public ref Entry this[UInt128 id]
    {
        get
        {
            int number = TableOf(id);
            Entry[] table = _tables[number] ??= new Entry[SmallestTable];
            if ((_counts[number] + 1) * 5L > table.Length * 4L) _tables[number] = table = Grown(table);
            ref Entry entry = ref Slot(table, id);
            if (!entry.Used)
            {
                entry.Id = id;
                entry.Used = true;
                _counts[number]++;
                Count++;
            }

            return ref entry;
        }
    }

    public IEnumerable<Entry> Entries() => _tables.OfType<Entry[]>().SelectMany(table => table).Where(e => e.Used);

    public bool TryGet(UInt128 id, out Entry entry)
    {
        entry = _tables[TableOf(id)] is { } table ? Slot(table, id) : default;
        return entry.Used;
    }

    private static Entry[] Grown(Entry[] table)
    {
        var larger = new Entry[checked(table.Length + Math.Max(table.Length / 4, SmallestTable))];
        foreach (ref readonly Entry entry in table.AsSpan())
        {
            if (entry.Used) Slot(larger, entry.Id) = entry;
        }

        return larger;
    }

    // Ids are hashes already: any of their bits choose a table, and any others a place in it.
    private static int TableOf(UInt128 id) => (int)(uint)(id >> (128 - TableBits));

    private static ref Entry Slot(Entry[] table, UInt128 id)
    {
        int at = (int)(((ulong)(uint)id * (ulong)table.Length) >> 32);
        while (table[at].Used && table[at].Id != id)
        {
            if (++at == table.Length) at = 0;
        }

        return ref table[at];
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
