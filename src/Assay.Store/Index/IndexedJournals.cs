namespace Assay;

/// <summary>
/// The journals that results are made of: those of the index and those that are new, by their numbers, and up to where each counts. Made for one
/// reading.
/// </summary>
internal sealed class IndexedJournals
{
    // Comparing less than this again costs less than writing down that it was compared.
    private const long WorthKeeping = 1 << 20;

    private readonly JournalSnapshot _snapshot;
    private readonly TimeProvider _clock;
    private readonly List<JournalState> _states;
    private readonly List<string> _paths = [];
    private readonly List<JournalDamage> _damage = [];
    private readonly Dictionary<int, (long Length, long ChangedAt, long SeenAt)> _beforeReading = [];
    private readonly HashSet<int> _wanted = [];
    private readonly Dictionary<int, int> _ranks = [];
    private long _compared;

    public IndexedJournals(StoreLayout layout, JournalSnapshot snapshot, IndexState state, TimeProvider clock)
    {
        (_snapshot, _clock, _states) = (snapshot, clock, [.. state.Journals]);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JournalState journal in state.Journals)
        {
            string path = Path.Combine(layout.Journals, journal.Name);
            if (!journal.IsDead) numbers[path] = _paths.Count;
            _paths.Add(path);
        }

        foreach (string path in snapshot.Journals)
        {
            int number = Find(path, numbers.GetValueOrDefault(path, -1));
            _ranks.Add(number, _ranks.Count);
        }

        // One that another process has indexed since the moment that is shown is there.
        for (int i = 0; i < state.Journals.Count; i++)
        {
            if (!_states[i].IsDead && !_ranks.ContainsKey(i) && !File.Exists(_paths[i])) Bury(i);
        }
    }

    /// <summary>The files by number; of those that are gone, too.</summary>
    public IReadOnlyList<string> Paths => _paths;

    public IReadOnlyList<JournalState> States => _states;

    /// <summary>The numbers of the journals whose runs are wanted.</summary>
    public IReadOnlySet<int> Wanted => _wanted;

    /// <summary>What had been said of runs at the moment that is shown.</summary>
    public RunAnnotations Annotations => _snapshot.Annotations;

    /// <summary>Whether the index holds more than is shown: results show the moment they were asked for, and the journals were read on since.</summary>
    public bool IsPast => _wanted.Any(n => Limit(n) < _states[n].Covered);

    /// <summary>Whether most of what the index holds is of journals that are gone or were replaced.</summary>
    public bool IsMostlyDead => _states.Sum(s => s.IsDead ? s.Covered : -s.Covered) > 0;

    /// <summary>Whether something was learned of journals that another reader would have to learn again at some cost.</summary>
    public bool IsWorthKeeping => _compared >= WorthKeeping;

    public IReadOnlyList<JournalHead> Heads => [.. _ranks.Keys.Select(n => _states[n].Head)];

    /// <summary>Damage in what is wanted and covered, and files that cannot be read.</summary>
    public IEnumerable<JournalDamage> Damage => _damage.Concat(_wanted.SelectMany(n =>
        _states[n].Damage.Where(d => IsBeforeLimit(n, d.Offset)).Select(d => d with { File = _paths[n] })));

    /// <summary>Where a journal stands in the order of names, which say when sessions began.</summary>
    public int Rank(int journal) => _ranks.GetValueOrDefault(journal);

    /// <summary>What stands behind this place does not count.</summary>
    public long Limit(int journal) => _snapshot.LengthOf(_paths[journal]);

    /// <summary>Whether the writer lived at the moment that is shown.</summary>
    public bool IsAlive(int journal) => _snapshot.IsAlive(_paths[journal]);

    /// <summary>Chooses journals by their first lines; one whose first line cannot be read may hold anything, so it is always among them.</summary>
    public void Want(Func<JournalHead, bool> wanted)
    {
        foreach (int number in _ranks.Keys)
        {
            if (_states[number].Head.Experiment is null || wanted(_states[number].Head)) _wanted.Add(number);
        }
    }

    /// <summary>What the wanted journals hold beyond the index, in the order of experiments and names.</summary>
    public IReadOnlyList<JournalGain> Gains()
    {
        var gains = new List<JournalGain>();
        int[] wanted = [.. _wanted];
        Array.Sort(wanted, (a, b) => string.CompareOrdinal(_states[a].Head.Experiment, _states[b].Head.Experiment) is not 0 and var order ? order : Rank(a).CompareTo(Rank(b)));
        foreach (int number in wanted)
        {
            JournalState state = _states[number];
            bool isWhole = state.Covered > 0 && state.Covered == state.Length;
            long to = isWhole ? state.Covered : Math.Min(Limit(number), JournalScanner.LengthOf(_paths[number], _damage.Add));
            uint checksum = state.Covered % StretchReader.Length == 0 ? 0 : state.Blocks[^1];
            FileInfo file = Target(_paths[number]);
            // Before it is read: a file that changes while it is read must look changed ever after.
            _beforeReading[number] = (file.Exists ? file.Length : to, file.LastWriteTimeUtc.Ticks, _clock.GetUtcNow().UtcTicks);
            if (to > state.Covered) gains.Add(new JournalGain(number, _paths[number], state.Covered, to, checksum));
        }

        return gains;
    }

    /// <summary>Takes note that a journal is in the index up to some place.</summary>
    public void Cover(int number, long covered, IReadOnlyList<uint> blocks, IReadOnlyList<JournalDamage> damage)
    {
        (long length, long changedAt, long seenAt) = _beforeReading[number];
        _states[number] = _states[number] with
        {
            Covered = covered,
            Blocks = blocks,
            Damage = [.. _states[number].Damage, .. damage],
            Length = length,
            ChangedAt = changedAt,
            SeenAt = seenAt,
        };
    }

    // A line that had not ended at the moment that is shown was unfinished then, whatever became of it.
    private bool IsBeforeLimit(int journal, long offset)
    {
        long limit = Limit(journal);
        if (limit >= _states[journal].Covered) return true;
        return offset < limit && new JournalReader(_paths).Lines(journal, offset, limit).Any(l => l.Offset + l.Line.Length < limit);
    }

    private int Find(string path, int known)
    {
        if (known >= 0 && _states[known].Check(path, Target(path), _clock.GetUtcNow()) is { } now)
        {
            if (now != _states[known]) _compared += now.Covered;
            _states[known] = now.Covered > 0 ? now : now with { Head = JournalHead.Read(path) };
            return known;
        }

        if (known >= 0) Bury(known);
        _states.Add(new JournalState { Name = Path.GetFileName(path), Head = JournalHead.Read(path) });
        _paths.Add(path);
        return _states.Count - 1;
    }

    private void Bury(int number) => _states[number] = _states[number] with { IsDead = true, Damage = [], Blocks = [] };

    private static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        try
        {
            return file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
        // What it leads to cannot be told; the scan says so.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return file;
        }
    }
}
