namespace Assay;

/// <summary>
/// The journals that results are made of: those of the index and those that are new, by their numbers, and up to where each counts. Made for one
/// reading.
/// </summary>
internal sealed class IndexedJournals
{
    // Comparing fewer journals again costs less than writing down that they were compared.
    private const int WorthKeeping = 16;

    private readonly JournalSnapshot _snapshot;
    private readonly List<JournalState> _states;
    private readonly List<JournalRef> _journals = [];
    private readonly List<JournalDamage> _damage = [];
    private readonly HashSet<int> _wanted = [];
    private readonly Dictionary<int, int> _ranks = [];
    private int _compared;

    public IndexedJournals(JournalSnapshot snapshot, IndexState state)
    {
        (_snapshot, _states) = (snapshot, [.. state.Journals]);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JournalState journal in state.Journals)
        {
            if (!journal.IsDead) numbers[journal.Name] = _journals.Count;
            _journals.Add(Ref(journal.Name));
        }

        foreach (JournalInfo journal in snapshot.Journals) _ranks.Add(Find(journal, numbers.GetValueOrDefault(journal.Name, -1)), _ranks.Count);

        int[] missing = [.. Enumerable.Range(0, state.Journals.Count).Where(i => !_states[i].IsDead && !_ranks.ContainsKey(i))];
        if (missing.Length == 0) return;
        // One that another process has indexed since the moment that is shown is there now.
        HashSet<string> there = [.. snapshot.Storage.ListJournals(JournalArea.Runs).Select(j => j.Name)];
        foreach (int number in missing.Where(i => !there.Contains(_states[i].Name))) Bury(number);
    }

    /// <summary>The journals by number; also those that are gone.</summary>
    public IReadOnlyList<JournalRef> Journals => _journals;

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
        _states[n].Damage.Where(d => IsBeforeLimit(n, d.Offset)).Select(d => d with { File = _journals[n].Location, Journal = _journals[n] })));

    /// <summary>Where a journal stands in the order of names, which say when sessions began.</summary>
    public int Rank(int journal) => _ranks.GetValueOrDefault(journal);

    /// <summary>What stands behind this place does not count.</summary>
    public long Limit(int journal) => _snapshot.Find(_states[journal].Name)?.Length ?? 0;

    /// <summary>Whether the writer lived at the moment that is shown.</summary>
    public bool IsAlive(int journal) => _snapshot.IsAlive(_states[journal].Name);

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
            long to = isWhole ? state.Covered : Math.Min(Limit(number), JournalScanner.LengthOf(_journals[number], _damage.Add));
            if (to > state.Covered) gains.Add(new JournalGain(number, _journals[number], state.Covered, to));
        }

        return gains;
    }

    /// <summary>Takes note that a journal is in the index up to some place.</summary>
    public void Cover(int number, long covered, IReadOnlyList<JournalDamage> damage)
    {
        // As it was before it was read: a journal that changes while it is read looks changed from then on.
        JournalInfo seen = _snapshot.Find(_states[number].Name) ?? default;
        (uint first, uint last) = JournalState.Samples(_journals[number], covered) ?? default;
        _states[number] = _states[number] with
        {
            Covered = covered,
            First = first,
            Last = last,
            Damage = [.. _states[number].Damage, .. damage],
            Length = seen.Length,
            ChangedAt = seen.ChangedAt,
            SeenAt = _snapshot.TakenAt.UtcTicks,
        };
    }

    // A line that had not ended at the moment that is shown was unfinished then, whatever became of it.
    private bool IsBeforeLimit(int journal, long offset)
    {
        long limit = Limit(journal);
        if (limit >= _states[journal].Covered) return true;
        return offset < limit && new JournalReader(_journals).Lines(journal, offset, limit).Any(l => l.Offset + l.Line.Length < limit);
    }

    private int Find(JournalInfo journal, int known)
    {
        JournalRef reference = Ref(journal.Name);
        if (known >= 0 && _states[known].Check(reference, journal, _snapshot.TakenAt) is { } now)
        {
            if (now != _states[known]) _compared++;
            _states[known] = now.Covered > 0 ? now : now with { Head = JournalHead.Read(reference) };
            return known;
        }

        if (known >= 0) Bury(known);
        _states.Add(new JournalState { Name = journal.Name, Head = JournalHead.Read(reference) });
        _journals.Add(reference);
        return _states.Count - 1;
    }

    private JournalRef Ref(string name) => new(_snapshot.Storage, JournalArea.Runs, name);

    private void Bury(int number) => _states[number] = _states[number] with { IsDead = true, Damage = [] };
}
