namespace Assay;

/// <summary>The part of a journal that the index does not cover; it begins with a line.</summary>
internal sealed record JournalGain(int Number, JournalRef Journal, long From, long To);

/// <summary>
/// The journals that results are made of: those of the index and those that are new, by their numbers, and up to where each counts. Made
/// for one reading.
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

        foreach (JournalInfo journal in snapshot.Journals)
            _ranks.Add(Find(journal, numbers.GetValueOrDefault(journal.Name, -1)), _ranks.Count);

        int[] missing = [.. Enumerable.Range(0, state.Journals.Count).Where(i => !_states[i].IsDead && !_ranks.ContainsKey(i))];
        if (missing.Length == 0) return;
        // One that another process has indexed since the moment that is shown is there now.
        HashSet<string> there = [.. snapshot.Storage.ListJournals(JournalArea.Runs).Select(j => j.Name)];
        foreach (int number in missing.Where(i => !there.Contains(_states[i].Name))) MarkDead(number);
    }

    /// <summary>The journals by number; also those that are gone.</summary>
    public IReadOnlyList<JournalRef> Journals => _journals;

    /// <summary>Reads lines of the journals by number.</summary>
    public JournalReader Reader => field ??= new JournalReader(_journals);

    public IReadOnlyList<JournalState> States => _states;

    /// <summary>The numbers of the journals whose runs are wanted.</summary>
    public IReadOnlySet<int> Wanted => _wanted;

    /// <summary>The annotations of runs at the moment that is shown.</summary>
    public RunAnnotations Annotations => _snapshot.Annotations;

    /// <summary>
    /// Whether the index holds more than is shown: results show the moment they were asked for, and the journals were read on since.
    /// </summary>
    public bool IsPast => _wanted.Any(n => Limit(n) < _states[n].Covered);

    /// <summary>Whether most of what the index holds is of journals that are gone or were replaced.</summary>
    public bool IsMostlyDead => _states.Sum(s => s.IsDead ? s.Covered : -s.Covered) > 0;

    /// <summary>Whether many journals were compared, so that another reader should not have to compare them again.</summary>
    public bool IsWorthKeeping => _compared >= WorthKeeping;

    public IReadOnlyList<JournalHead> Heads => [.. _ranks.Keys.Select(n => _states[n].Head)];

    /// <summary>Damaged lines of the wanted journals that the index covers, and files that cannot be read.</summary>
    public IEnumerable<JournalDamage> Damage => _damage.Concat(
        from number in _wanted
        from damage in _states[number].Damage
        where IsBeforeLimit(number, damage.Offset)
        select damage with { File = _journals[number].Location, Journal = _journals[number] });

    /// <summary>The position of a journal in the order of names, which begin with the time of the session.</summary>
    public int Rank(int journal) => _ranks.GetValueOrDefault(journal);

    /// <summary>The length of a journal at the moment that is shown. What is behind it does not count.</summary>
    public long Limit(int journal) => _snapshot.Find(_states[journal].Name)?.Length ?? 0;

    /// <summary>Whether the writer lived at the moment that is shown.</summary>
    public bool IsAlive(int journal) => _snapshot.IsAlive(_states[journal].Name);

    /// <summary>
    /// Chooses journals by their first lines; one whose first line cannot be read may hold anything, so it is always among them.
    /// </summary>
    public void Want(Func<JournalHead, bool> wanted)
    {
        foreach (int number in _ranks.Keys)
        {
            if (_states[number].Head.Experiment is null || wanted(_states[number].Head)) _wanted.Add(number);
        }
    }

    /// <summary>The parts of the wanted journals that the index does not cover, in the order of experiments and names.</summary>
    public IReadOnlyList<JournalGain> Gains()
    {
        var gains = new List<JournalGain>();
        foreach (int number in _wanted.OrderBy(n => _states[n].Head.Experiment, StringComparer.Ordinal).ThenBy(Rank))
        {
            JournalState state = _states[number];
            bool isWhole = state.Covered > 0 && state.Covered == state.Length;
            long to = isWhole ? state.Covered : Math.Min(Limit(number), JournalScanner.LengthOf(_journals[number], _damage.Add));
            if (to > state.Covered) gains.Add(new JournalGain(number, _journals[number], state.Covered, to));
        }

        return gains;
    }

    /// <summary>Notes that the index covers a journal up to a place.</summary>
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
            // Without the path of the file: a store may be moved.
            Damage = [.. _states[number].Damage, .. damage.Select(d => d with { File = "" })],
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
        return offset < limit && Reader.Lines(journal, offset, limit).Any(l => l.Offset + l.Line.Length < limit);
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

        if (known >= 0) MarkDead(known);
        _states.Add(new JournalState { Name = journal.Name, Head = JournalHead.Read(reference) });
        _journals.Add(reference);
        return _states.Count - 1;
    }

    private JournalRef Ref(string name) => new(_snapshot.Storage, JournalArea.Runs, name);

    private void MarkDead(int number) => _states[number] = _states[number] with { IsDead = true, Damage = [] };
}
