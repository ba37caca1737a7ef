namespace Assay.Journals;

/// <summary>An attempt of a run. Immutable.</summary>
/// <param name="Attempt">Its number, from 1.</param>
/// <param name="Status">Its status, or <see cref="Unfinished"/>.</param>
/// <param name="StartedAt">Its start in UTC; null when the line of it is missing.</param>
/// <param name="EndedAt">Its end in UTC; null while it has not ended.</param>
/// <param name="Journal">The journal with its lines: an absolute path, or a URL.</param>
/// <param name="Offset">The offset of its first line in the journal.</param>
public sealed record AttemptInfo(
    int Attempt, string Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string Journal, long Offset)
{
    /// <summary>The status of an attempt without an end: it is running or interrupted, as the status of the run says.</summary>
    public const string Unfinished = "unfinished";
}

/// <summary>Collects all attempts of one run from the journals of its experiment, removed ones aside.</summary>
internal sealed class AttemptHistory(UInt128 id, RunAnnotations annotations) : IJournalVisitor
{
    private readonly Lock _gate = new();
    private readonly List<(JournalLine Line, string Journal)> _found = [];

    public static IReadOnlyList<AttemptInfo> Of(StorageBackend storage, RunRecord run)
    {
        // Only a run that was put together from several places has more attempts.
        if (run.Place is { IsFolded: false } only) return [Single(run, only)];
        var history = new AttemptHistory(run.Place.Id, run.Annotations);
        JournalRef[] mayHold =
        [
            .. JournalRef.All(storage, JournalArea.Runs)
                .Where(j => JournalHead.Read(j).Experiment is not { } name || name == run.Experiment),
        ];
        JournalScanner.Scan(mayHold, history);
        return history.Attempts();
    }

    void IJournalVisitor.Lines(JournalRef journal, ReadOnlySpan<JournalLine> lines)
    {
        foreach (ref readonly JournalLine line in lines)
        {
            if (line.RunId != id || line.Kind is not (JournalKind.RunStart or JournalKind.RunEnd)) continue;
            if (annotations.RemovalOf(id, journal.Name, line.Attempt) is not null) continue;
            lock (_gate) _found.Add((line, journal.Location));
        }
    }

    void IJournalVisitor.Damaged(JournalDamage damage)
    {
    }

    private static AttemptInfo Single(RunRecord run, in RunEntry entry) => new(
        entry.Attempt,
        entry.End < 0 ? AttemptInfo.Unfinished : RunStatusText.Text(run.Status),
        entry.Start < 0 ? null : run.StartedAt,
        run.EndedAt,
        run.Journal,
        entry.Start < 0 ? entry.End : entry.Start);

    private AttemptInfo[] Attempts() =>
    [
        .. _found.GroupBy(f => (f.Line.Attempt, f.Journal)).Select(g =>
        {
            JournalLine[] lines = [.. g.Select(f => f.Line).OrderBy(l => l.Offset)];
            JournalLine? start = First(lines, JournalKind.RunStart), end = First(lines, JournalKind.RunEnd);
            return new AttemptInfo(
                g.Key.Attempt, end is { } e ? RunStatusText.Text(e.Status) : AttemptInfo.Unfinished, Time(start), Time(end), g.Key.Journal,
                lines[0].Offset);
        }).OrderBy(a => a.Attempt).ThenBy(a => a.StartedAt),
    ];

    private static JournalLine? First(JournalLine[] lines, JournalKind kind)
    {
        foreach (ref JournalLine line in lines.AsSpan())
        {
            if (line.Kind == kind) return line;
        }

        return null;
    }

    private static DateTimeOffset? Time(JournalLine? line) => line is { } l ? new DateTimeOffset(l.Time, TimeSpan.Zero) : null;
}
