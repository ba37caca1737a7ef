namespace Assay;

/// <summary>The part of a journal that the index does not cover; it begins with a line.</summary>
internal sealed record JournalGain(int Number, JournalRef Journal, long From, long To);

/// <summary>The journals that results are made of, by number, and up to where each counts. Made for one reading.</summary>
internal sealed class IndexedJournals
{
    // Comparing fewer journals again costs less than writing down that they were compared.
    private const int WorthKeeping = 16;

    private readonly JournalSnapshot _snapshot;
    private readonly List<JournalDamage> _damage = [];
    private readonly Dictionary<int, int> _ranks = [];
    private int _compared;

    // What is missing of journals, by name, is known from the index alone, also when it is made anew.
    private readonly Dictionary<string, JournalDamage[]> _losses;

    public IndexedJournals(JournalSnapshot snapshot, IndexState state, IndexedJournals? before = null)
    {
        IEnumerable<JournalState> alive = before?.States.Where(s => !s.IsDead) ?? [];
        _losses = alive.ToDictionary(s => s.Name, s => s.Losses.ToArray(), StringComparer.Ordinal);
        (_snapshot, States) = (snapshot, [.. state.Journals]);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JournalState journal in state.Journals)
        {
            if (!journal.IsDead) numbers[journal.Name] = Journals.Count;
            Journals.Add(Ref(journal.Name));
        }

        foreach (JournalInfo journal in snapshot.Journals)
            _ranks.Add(Find(journal, numbers.GetValueOrDefault(journal.Name, -1)), _ranks.Count);

        int[] missing = [.. Enumerable.Range(0, state.Journals.Count).Where(i => !States[i].IsDead && !_ranks.ContainsKey(i))];
        if (missing.Length == 0) return;
        // One that another process has indexed since the moment that is shown is there now.
        HashSet<string> there = [.. snapshot.Storage.ListJournals(JournalArea.Runs).Select(j => j.Name)];
        foreach (int number in missing.Where(i => !there.Contains(States[i].Name))) MarkDead(number);
    }

    public StorageBackend Storage => _snapshot.Storage;

    /// <summary>The journals by number; also those that are gone.</summary>
    public List<JournalRef> Journals { get; } = [];

    public JournalReader Reader => field ??= new JournalReader(Journals);

    public List<JournalState> States { get; }

    public HashSet<int> Wanted { get; } = [];

    public RunAnnotations Annotations => _snapshot.Annotations;

    public IReadOnlyList<JournalInfo> Derived => _snapshot.Derived;

    /// <summary>Whether the index holds more than the moment that is shown, because the journals were read on since.</summary>
    public bool IsPast => Wanted.Any(n => Limit(n) < States[n].Covered);

    /// <summary>Whether most of what the index holds is of journals that are gone or were replaced.</summary>
    public bool IsMostlyDead => States.Sum(s => s.IsDead ? s.Covered : -s.Covered) > 0;

    /// <summary>Whether many journals were compared, so that another reader should not have to compare them again.</summary>
    public bool IsWorthKeeping => _compared >= WorthKeeping;

    public IReadOnlyList<JournalHead> Heads => [.. _ranks.Keys.Select(n => States[n].Head)];

    /// <summary>Damaged lines of the wanted journals that the index covers, and files that cannot be read.</summary>
    public IEnumerable<JournalDamage> Damage => _damage.Concat(
        from number in Wanted
        from damage in States[number].Damage
        where IsBeforeLimit(number, damage.Offset)
        select damage with { File = Journals[number].Location, Journal = Journals[number] });

    /// <summary>The position of a journal in the order of names, which begin with the time of the session.</summary>
    public int Rank(int journal) => _ranks.GetValueOrDefault(journal);

    /// <summary>Whether a journal was there at the moment that is shown.</summary>
    public bool IsShown(int journal) => _ranks.ContainsKey(journal);

    /// <summary>The length of a journal at the moment that is shown. What is behind it does not count.</summary>
    public long Limit(int journal) => _snapshot.Find(States[journal].Name)?.Length ?? 0;

    /// <summary>Whether the writer lived at the moment that is shown.</summary>
    public bool IsAlive(int journal) => _snapshot.IsAlive(States[journal].Name);

    /// <summary>Chooses journals by their first lines; one whose first line cannot be read may hold anything, so it is wanted.</summary>
    public void Want(Func<JournalHead, bool> wanted)
    {
        foreach (int number in _ranks.Keys)
            if (States[number].Head.Experiment is null || wanted(States[number].Head)) Wanted.Add(number);
    }

    /// <summary>The parts of the wanted journals that the index does not cover, in the order of experiments and names.</summary>
    public IReadOnlyList<JournalGain> Gains()
    {
        var gains = new List<JournalGain>();
        foreach (int number in Wanted.OrderBy(n => States[n].Head.Experiment, StringComparer.Ordinal).ThenBy(Rank))
        {
            JournalState state = States[number];
            bool isWhole = state.Covered > 0 && state.Covered == state.Length;
            long to = isWhole ? state.Covered : Math.Min(Limit(number), JournalScanner.LengthOf(Journals[number], _damage.Add));
            if (to > state.Covered) gains.Add(new JournalGain(number, Journals[number], state.Covered, to));
        }

        return gains;
    }

    /// <summary>Notes that the index covers a journal up to a place.</summary>
    public void Cover(int number, long covered, IReadOnlyList<JournalDamage> damage)
    {
        // As it was before it was read: a journal that changes while it is read looks changed from then on.
        JournalInfo seen = _snapshot.Find(States[number].Name) ?? default;
        (uint first, uint last) = JournalState.Samples(Journals[number], covered) ?? default;
        States[number] = States[number] with
        {
            Covered = covered,
            First = first,
            Last = last,
            // Without the path of the file: a store may be moved.
            Damage = [.. States[number].Damage, .. damage.Select(d => d with { File = "" })],
            Length = seen.Length,
            ChangedAt = seen.ChangedAt,
            SeenAt = _snapshot.TakenAt.UtcTicks,
        };
    }

    // A line that had not ended at the moment that is shown was unfinished then, whatever became of it.
    private bool IsBeforeLimit(int journal, long offset)
    {
        long limit = Limit(journal);
        if (limit >= States[journal].Covered) return true;
        return offset < limit && Reader.Lines(journal, offset, limit).Any(l => l.Offset + l.Line.Length < limit);
    }

    private int Find(JournalInfo journal, int known)
    {
        JournalRef reference = Ref(journal.Name);
        if (known >= 0 && States[known].Check(reference, journal, _snapshot.TakenAt) is { } now)
        {
            if (now != States[known]) _compared++;
            States[known] = now.Covered > 0 ? now : now with { Head = JournalHead.Read(reference) };
            return known;
        }

        JournalDamage[] losses = known < 0 ? _losses.GetValueOrDefault(journal.Name) ?? []
            : States[known].Loss(reference, journal) is { } loss ? [loss] : [];
        if (known >= 0) MarkDead(known);
        JournalDamage[] damage = [.. LineNumbers.Of(losses).Select(d => d with { File = "" })];
        States.Add(new JournalState(journal.Name, JournalHead.Read(reference)) { Damage = damage });
        Journals.Add(reference);
        return States.Count - 1;
    }

    private JournalRef Ref(string name) => new(_snapshot.Storage, JournalArea.Runs, name);

    private void MarkDead(int number) => States[number] = States[number] with { IsDead = true, Damage = [] };
}
