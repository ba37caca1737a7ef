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

    internal static AttemptInfo Read(JournalReader reader, AttemptLines lines)
    {
        JournalLine? start = RunFacts.Envelope(reader, lines.Key, JournalKind.RunStart, lines.Start, lines.StartLength);
        JournalLine? end = RunFacts.Envelope(reader, lines.Key, JournalKind.RunEnd, lines.End, lines.EndLength);
        return new AttemptInfo(
            lines.Key.Attempt, end is { Status: var status } ? RunStatusText.Text(status) : Unfinished, Time(start), Time(end),
            reader.PathOf(lines.Key.Journal), lines.Start < 0 ? lines.End : lines.Start);

        static DateTimeOffset? Time(JournalLine? line) => line is { Time: var ticks } ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }
}
