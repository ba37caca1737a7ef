namespace Assay;

/// <summary>The runs of an experiment in the store at the beginning of a session.</summary>
internal sealed class KnownRuns : IJournalVisitor
{
    private readonly StorageBackend _storage;
    private readonly Plan _plan;
    private readonly Dictionary<string, (JournalHead Head, int Maker)> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _withRuns = new(StringComparer.Ordinal);
    private readonly List<(string Code, string Context)> _makers = [];
    private readonly RunIdentity[] _accepted = [];
    private readonly RemovedAttempts _removed;

    public KnownRuns(StorageBackend storage, Plan plan, bool acceptEarlierCode)
    {
        // Removals are read first, because a cleanup deletes them after the journals of their runs.
        (_storage, _plan, _removed) = (storage, plan, RemovedAttempts.Read(storage));
        Damage = [.. _removed.Damage];
        var journals = new List<JournalRef>();
        foreach (JournalRef journal in JournalRef.All(storage, JournalArea.Runs))
        {
            JournalHead head = JournalHead.Read(journal);
            // A journal with an unreadable head may belong to the experiment. Another version has other runs.
            bool isOther = head.Experiment != plan.Name || (head.Version is not null && head.Version != plan.Version);
            if (head.Experiment is not null && isOther) continue;
            journals.Add(journal);
            _sessions[journal.Name] = (head, MakerNumber(head));
        }

        JournalScanner.Scan(journals, this);
        if (!acceptEarlierCode) return;
        IEnumerable<string> codes = _makers.Select(m => m.Code).Distinct(StringComparer.Ordinal).Where(c => c != plan.Identity.Code);
        _accepted = [.. codes.Select(code => new RunIdentity(plan.Name, plan.Version, plan.Identity.Context, code))];
    }

    public RunTable Table { get; } = new();

    /// <summary>The lock of <see cref="Table"/>.</summary>
    public Lock Gate { get; } = new();

    public List<JournalDamage> Damage { get; }

    /// <summary>Whether the plan's code with its context has made a successful run.</summary>
    public bool HasSuccess
    {
        get
        {
            int number = _makers.IndexOf((_plan.Identity.Code, _plan.Identity.Context));
            return number >= 0 && Table.Entries().Any(e => e.Code == number && e.HasSucceeded);
        }
    }

    /// <summary>Whether another code or context than the plan's was the last to run, so that its runs are shown as the newest.</summary>
    public bool AreOvertaken
    {
        get
        {
            var newest = JournalHead.Newest([.. _sessions.Where(s => s.Value.Head.Code is not null && s.Value.Head.Version == _plan.Version)
                .Select(s => (s.Value.Head, _withRuns.Contains(s.Key)))]);
            return newest is not null && (newest.Code, newest.Context) != (_plan.Identity.Code, _plan.Identity.Context);
        }
    }

    /// <summary>The numbers of successful runs of this name and version that other code or another context made.</summary>
    public (long OtherCode, long OtherContext) SuccessesKeptApart()
    {
        long otherCode = 0, otherContext = 0;
        foreach (RunTable.Entry entry in Table.Entries().Where(e => e.HasSucceeded && e.Code >= 0))
        {
            (string code, string context) = _makers[entry.Code];
            if (code != _plan.Identity.Code) otherCode++;
            else if (context != _plan.Identity.Context) otherContext++;
        }

        return (otherCode, otherContext);
    }

    /// <summary>The id under which accepted earlier code has made the run; null if it has not.</summary>
    public UInt128? AcceptedId(PlannedRun run, RunWorkspace workspace)
    {
        foreach (RunIdentity identity in _accepted)
        {
            UInt128 id = Plan.IdUnder(identity, run, workspace);
            lock (Gate)
            {
                if (Table.TryGet(id, out RunTable.Entry entry) && entry.HasSucceeded) return id;
            }
        }

        return null;
    }

    /// <summary>Whether every run of the plan has ended.</summary>
    public bool AreComplete(RunOptions options)
    {
        var workspace = new RunWorkspace(_plan.Files);
        return _plan.Runs(options, workspace).All(run =>
            (Table.TryGet(run.Id, out RunTable.Entry entry) && entry.EndedAttempt > 0) || AcceptedId(run, workspace) is not null);
    }

    /// <summary>Loads the results of the plan in its order: of each point the latest run, or the accepted run of earlier code.</summary>
    public Results Load(RunOptions options)
    {
        return Store.Open(_storage, options.Clock).Load(_plan.Name, InOrder);

        IEnumerable<UInt128> InOrder(RunLookup runs)
        {
            var workspace = new RunWorkspace(_plan.Files);
            var seen = new HashSet<UInt128>();
            foreach (PlannedRun run in _plan.Runs(options, workspace).Where(run => seen.Add(run.Id)))
            {
                RunStatus? own = runs.StatusOf(run.Id);
                if (own == RunStatus.Success) yield return run.Id;
                else if (AcceptedId(run, workspace) is { } accepted && runs.StatusOf(accepted) is not null) yield return accepted;
                else if (own is not null) yield return run.Id;
            }
        }
    }

    void IJournalVisitor.Lines(JournalRef journal, ReadOnlySpan<JournalLine> lines)
    {
        lock (Gate)
        {
            short code = (short)_sessions[journal.Name].Maker;
            bool hasRuns = false;
            foreach (ref readonly JournalLine line in lines)
            {
                if (line.Kind is not (JournalKind.RunStart or JournalKind.RunEnd)) continue;
                ref RunTable.Entry entry = ref Table[line.RunId];
                if (_removed.Contains(line.RunId, journal.Name, line.Attempt))
                {
                    entry.FoldRemoved(line.Attempt);
                    continue;
                }

                entry.Fold(line);
                entry.Code = code;
                hasRuns = true;
            }

            if (hasRuns) _withRuns.Add(journal.Name);
        }
    }

    void IJournalVisitor.Damaged(JournalDamage damage)
    {
        lock (Gate) Damage.Add(damage);
    }

    private int MakerNumber(JournalHead head)
    {
        if (head.Code is not { } code || head.Context is not { } context) return -1;
        int number = _makers.IndexOf((code, context));
        if (number >= 0) return number;
        _makers.Add((code, context));
        return _makers.Count - 1;
    }
}
