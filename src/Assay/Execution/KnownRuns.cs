namespace Assay;

/// <summary>The runs of an experiment in the store at the beginning of a session.</summary>
internal sealed class KnownRuns : IJournalVisitor
{
    private readonly Dictionary<string, int> _makerOfJournal = new(StringComparer.Ordinal);
    private readonly List<(string Code, string Context)> _makers = [];
    private readonly List<RunIdentity> _accepted = [];
    private readonly RemovedAttempts _removed;

    private KnownRuns(RemovedAttempts removed) => (_removed, Damage) = (removed, [.. removed.Damage]);

    public RunTable Table { get; } = new();

    /// <summary>The lock of <see cref="Table"/>.</summary>
    public Lock Gate { get; } = new();

    public List<JournalDamage> Damage { get; }

    public static KnownRuns Load(StorageBackend storage, Plan plan, bool acceptEarlierCode)
    {
        // Removals are read first, because a cleanup deletes them after the journals of their runs.
        var known = new KnownRuns(RemovedAttempts.Read(storage));
        var journals = new List<JournalRef>();
        foreach (JournalRef journal in JournalRef.All(storage, JournalArea.Runs))
        {
            JournalHead head = JournalHead.Read(journal);
            // A journal with an unreadable head may belong to the experiment. Another version has other runs.
            bool isOther = head.Experiment != plan.Name || (head.Version is not null && head.Version != plan.Version);
            if (head.Experiment is not null && isOther) continue;
            journals.Add(journal);
            known._makerOfJournal[journal.Name] = known.MakerNumber(head);
        }

        JournalScanner.Scan(journals, known);
        if (acceptEarlierCode) known.Accept(plan);
        return known;
    }

    /// <summary>The numbers of successful runs of this name and version that other code or another context made.</summary>
    public (long OtherCode, long OtherContext) SuccessesKeptApart(RunIdentity identity)
    {
        long otherCode = 0, otherContext = 0;
        foreach (RunTable.Entry entry in Table.Entries())
        {
            if (!entry.HasSucceeded || entry.Code < 0) continue;
            (string code, string context) = _makers[entry.Code];
            if (code != identity.Code) otherCode++;
            else if (context != identity.Context) otherContext++;
        }

        return (otherCode, otherContext);
    }

    /// <summary>Whether this code with this context has made a successful run.</summary>
    public bool HasSuccess(RunIdentity identity)
    {
        int number = _makers.IndexOf((identity.Code, identity.Context));
        return number >= 0 && Table.Entries().Any(e => e.Code == number && e.HasSucceeded);
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

    void IJournalVisitor.Lines(JournalRef journal, ReadOnlySpan<JournalLine> lines)
    {
        lock (Gate)
        {
            short code = (short)_makerOfJournal[journal.Name];
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
            }
        }
    }

    void IJournalVisitor.Damaged(JournalDamage damage)
    {
        lock (Gate) Damage.Add(damage);
    }

    private void Accept(Plan plan)
    {
        foreach (string code in _makers.Select(m => m.Code).Distinct(StringComparer.Ordinal).Where(c => c != plan.Identity.Code))
            _accepted.Add(new RunIdentity(plan.Name, plan.Version, plan.Identity.Context, code));
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

/// <summary>The results of a plan in plan order, each run once. The journals are read when the results are first used.</summary>
internal static class PlanResults
{
    public static Results Load(StorageBackend storage, Plan plan, RunOptions options, KnownRuns known, IFileHasher files) =>
        Store.Open(storage, options.Clock).Load(plan.Name, runs => Order(runs, plan, options, known, files));

    private static IEnumerable<UInt128> Order(RunLookup runs, Plan plan, RunOptions options, KnownRuns known, IFileHasher files)
    {
        var workspace = new RunWorkspace(files);
        var seen = new HashSet<UInt128>();
        long limit = Math.Min(plan.Count, options.Head ?? long.MaxValue);
        for (long i = 0; i < limit; i++)
        {
            PlannedRun run = plan.At(i, workspace);
            if (!seen.Add(run.Id)) continue;
            RunStatus? own = runs.StatusOf(run.Id);
            if (own == RunStatus.Success) yield return run.Id;
            else if (known.AcceptedId(run, workspace) is { } accepted && runs.StatusOf(accepted) is not null) yield return accepted;
            else if (own is not null) yield return run.Id;
        }
    }
}
