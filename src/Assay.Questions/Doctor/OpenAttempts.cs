namespace Assay.Questions;

/// <summary>
/// Attempts that began in a journal whose writer is gone, and did not end there. Another journal may hold their end (the coordinator's,
/// when a worker process died), or a success of
/// the run; only the others run again. Keeps as much as was under way when writers died.
/// </summary>
internal sealed class OpenAttempts : IJournalVisitor
{
    private const int MostNamed = 5;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, HashSet<(UInt128 Id, int Attempt)>> _byJournal = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _ids = [];
    private readonly HashSet<UInt128> _succeeded = [];
    private readonly HashSet<(UInt128 Id, int Attempt)> _ended = [];

    public void Add(string journal, IReadOnlySet<(UInt128 Id, int Attempt)> open)
    {
        if (open.Count == 0) return;
        _byJournal[journal] = [.. open];
        _ids.UnionWith(open.Select(o => o.Id));
    }

    /// <summary>Looks for their ends in all journals, and reports those that have none.</summary>
    public void Report(IReadOnlyList<JournalRef> journals, Findings findings)
    {
        if (_ids.Count == 0) return;
        JournalScanner.Scan(journals, this);
        foreach ((string journal, HashSet<(UInt128 Id, int Attempt)> open) in _byJournal)
        {
            open.RemoveWhere(o => _succeeded.Contains(o.Id) || _ended.Contains(o));
            if (open.Count > 0) findings.Add(Interrupted(journal, open));
        }
    }

    void IJournalVisitor.Lines(JournalRef journal, ReadOnlySpan<JournalLine> lines)
    {
        lock (_gate)
        {
            foreach (ref readonly JournalLine line in lines)
            {
                if (line.Kind != JournalKind.RunEnd || !_ids.Contains(line.RunId)) continue;
                _ended.Add((line.RunId, line.Attempt));
                if (line.Status == RunStatus.Success) _succeeded.Add(line.RunId);
            }
        }
    }

    // Told by the check of the journal already.
    void IJournalVisitor.Damaged(JournalDamage damage)
    {
    }

    private static Finding Interrupted(string journal, HashSet<(UInt128 Id, int Attempt)> open)
    {
        string[] named = [.. open.Select(o => Fingerprint.Hex(o.Id)).Order(StringComparer.Ordinal).Take(MostNamed)];
        return new Finding(Finding.Note, FindingKinds.InterruptedRuns,
            $"{Words.Count(open.Count, "run")} started and never ended: "
                + $"{string.Join(", ", named)}{(open.Count > MostNamed ? ", …" : "")}. "
                    + $"Resuming runs {(open.Count == 1 ? "it" : "them")} again.")
        { File = journal, RunId = open.Count == 1 ? named[0] : null };
    }
}
