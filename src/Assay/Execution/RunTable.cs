namespace Assay;

/// <summary>The known state of each run id in 32 bytes, and 6 to 11 to find it. Entries never move. Not thread-safe.</summary>
internal sealed class RunTable
{
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    private readonly List<Entry[]> _pages = [];

    // A hash table with open addressing: the number of an entry plus one, or 0.
    private int[] _slots = new int[64];

    public int Count { get; private set; }

    /// <summary>The entry of an id, made when it is new. The reference stays valid.</summary>
    public ref Entry this[UInt128 id]
    {
        get
        {
            int slot = SlotOf(id);
            if (_slots[slot] == 0)
            {
                if (Count * 4L >= _slots.Length * 3L)
                {
                    Grow();
                    slot = SlotOf(id);
                }

                if (Count % PageSize == 0) _pages.Add(new Entry[PageSize]);
                _slots[slot] = ++Count;
                At(Count).Id = id;
            }

            return ref At(_slots[slot]);
        }
    }

    public IEnumerable<Entry> Entries() => _pages.SelectMany(page => page).Take(Count);

    public bool TryGet(UInt128 id, out Entry entry)
    {
        int number = _slots[SlotOf(id)];
        entry = number == 0 ? default : At(number);
        return number != 0;
    }

    private ref Entry At(int number) => ref _pages[(number - 1) >> PageBits][(number - 1) & (PageSize - 1)];

    // Ids are hashes already: any of their bits choose a slot.
    private int SlotOf(UInt128 id)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(ulong)id & mask;
        while (_slots[slot] is var number && number != 0 && At(number).Id != id) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        _slots = new int[checked(_slots.Length * 2)];
        for (int number = 1; number <= Count; number++) _slots[SlotOf(At(number).Id)] = number;
    }

    /// <summary>The known state of a run, in 32 bytes, because there may be millions of entries.</summary>
    internal struct Entry
    {
        private const byte ClaimedFlag = 1, ConclusiveFlag = 2, BegunFlag = 4;

        // Ordered by size: the runtime keeps the order of fields and pads between them.
        public UInt128 Id;

        /// <summary>The time of the run_end that gave <see cref="Status"/>.</summary>
        public long EndedAt;

        /// <summary>The number of the code and context that made the run, given by the user of the table; -1 if unknown.</summary>
        public short Code;

        private ushort _startedAttempt;
        private ushort _endedAttempt;
        private byte _status;
        private byte _flags;

        /// <summary>The highest attempt, at most 65535.</summary>
        public readonly int Attempts => Math.Max(_startedAttempt, _endedAttempt);

        /// <summary>Whether the run_start of the attempt that counts, or of a later one, is known. It has the parameters.</summary>
        public readonly bool HasStart => _startedAttempt >= _endedAttempt;

        /// <summary>The attempt that gave <see cref="Status"/>; 0 if none has ended.</summary>
        public readonly int EndedAttempt => _endedAttempt;

        public readonly RunStatus Status => (RunStatus)_status;
        public readonly bool HasSucceeded => _endedAttempt > 0 && Status == RunStatus.Success;

        /// <summary>Whether an attempt that is not removed is known.</summary>
        public readonly bool HasBegun => (_flags & BegunFlag) != 0;

        /// <summary>Whether the plan that is being run has reached the run.</summary>
        public bool Claimed
        {
            readonly get => (_flags & ClaimedFlag) != 0;
            set => _flags |= ClaimedFlag;
        }

        /// <summary>Reserves the number of a removed attempt, because two attempts of one number would exist if it were restored.</summary>
        public void FoldRemoved(int attempt) =>
            _startedAttempt = Math.Max(_startedAttempt, (ushort)Math.Clamp(attempt, 1, ushort.MaxValue));

        /// <summary>Adds one line to the entry. The order of the lines does not matter.</summary>
        public void Fold(in JournalLine line)
        {
            ushort attempt = (ushort)Math.Clamp(line.Attempt, 1, ushort.MaxValue);
            _flags |= BegunFlag;
            var known = new RunEnding((_flags & ConclusiveFlag) != 0, _endedAttempt, Status == RunStatus.Success, EndedAt);
            if (line.Kind != JournalKind.RunEnd || (_endedAttempt > 0 && RunEnding.Of(line).CompareTo(known) <= 0))
            {
                _startedAttempt = Math.Max(_startedAttempt, attempt);
                return;
            }

            // The attempt that counted so far has started too.
            if (_endedAttempt > attempt) _startedAttempt = Math.Max(_startedAttempt, _endedAttempt);
            (_status, _endedAttempt, EndedAt) = ((byte)line.Status, attempt, line.Time);
            _flags = (byte)(line.IsConclusive ? _flags | ConclusiveFlag : _flags & ~ConclusiveFlag);
        }
    }
}
