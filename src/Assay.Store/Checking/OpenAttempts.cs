namespace Assay;

/// <summary>
/// Attempts that began in a journal whose writer is gone, and did not end in it. Another journal may hold their end (that of the
/// coordinator, when a worker process died) or a success of the run; only the others run again.
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

    /// <summary>Looks for their ends in all journals, and reports the attempts that have none.</summary>
    public void Report(IReadOnlyList<JournalRef> journals, StoreHealth health)
    {
        if (_ids.Count == 0) return;
        JournalScanner.Scan(journals, this);
        foreach ((string journal, HashSet<(UInt128 Id, int Attempt)> open) in _byJournal)
        {
            open.RemoveWhere(o => _succeeded.Contains(o.Id) || _ended.Contains(o));
            if (open.Count == 0) continue;
            health.Add(Interrupted(journal, [.. open.Select(o => Fingerprint.Hex(o.Id)).Order(StringComparer.Ordinal)]));
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

    // The check of the journal has reported it.
    void IJournalVisitor.Damaged(JournalDamage damage)
    {
    }

    private static Finding Interrupted(string journal, string[] ids) => new(FindingKind.InterruptedRuns,
        FormattableString.Invariant($"{ids.Length:N0} {Plural.Form(ids.Length, "run", "runs")} started and never ended: ")
            + $"{string.Join(", ", ids.Take(MostNamed))}{(ids.Length > MostNamed ? ", …" : "")}. "
            + $"Resuming runs {Plural.Form(ids.Length, "it", "them")} again.")
    { File = journal, RunId = ids is [var only] ? only : null };
}
