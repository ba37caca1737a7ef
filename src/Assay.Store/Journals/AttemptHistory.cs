namespace Assay.Journals;

/// <summary>One attempt of a run.</summary>
/// <param name="Attempt">Its number, from 1.</param>
/// <param name="Status">
/// How it stands; <c>unfinished</c> when it has no end, which the run's own status tells apart into running and interrupted.
/// </param>
/// <param name="StartedAt">Null when its start is missing from the store.</param>
/// <param name="EndedAt">Null while it has not ended.</param>
/// <param name="Journal">The journal that holds it.</param>
/// <param name="Offset">Where its first line starts there, in bytes.</param>
public sealed record AttemptInfo(
    int Attempt, string Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string Journal, long Offset);

/// <summary>Collects all attempts of one run from the journals of its experiment, removed ones aside.</summary>
public sealed class AttemptHistory : IJournalVisitor
{
    /// <summary>The status of an attempt without an end.</summary>
    public const string Unfinished = "unfinished";

    private readonly UInt128 _id;
    private readonly RunAnnotations _annotations;
    private readonly Lock _gate = new();
    private readonly List<(JournalLine Line, string Journal)> _found = [];

    private AttemptHistory(UInt128 id, RunAnnotations annotations) => (_id, _annotations) = (id, annotations);

    /// <summary>The attempts of a run in order of their numbers; removed ones are not among them.</summary>
    /// <param name="storage">The storage of the run's store.</param>
    /// <param name="run">The run.</param>
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
            if (line.RunId != _id || line.Kind is not (JournalKind.RunStart or JournalKind.RunEnd)) continue;
            if (_annotations.RemovalOf(_id, journal.Name, line.Attempt) is not null) continue;
            lock (_gate) _found.Add((line, journal.Location));
        }
    }

    void IJournalVisitor.Damaged(JournalDamage damage)
    {
    }

    private static AttemptInfo Single(RunRecord run, in RunEntry entry) => new(
        entry.Attempt,
        entry.End < 0 ? Unfinished : RunStatusText.Text(run.Status),
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
                g.Key.Attempt, end is { } e ? RunStatusText.Text(e.Status) : Unfinished, Time(start), Time(end), g.Key.Journal,
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
