namespace Assay.Questions;

/// <summary>Why a run did not succeed.</summary>
internal sealed record RunFault(string Kind, string Type, string Message, string? Stack);

/// <summary>
/// Where a run's first and last line stand in its journal: their numbers, and where they start in bytes; null where the line is missing.
/// </summary>
internal sealed record JournalPlace(string File, long? StartOffset, long? EndOffset, long? StartLine, long? EndLine)
{
    public static JournalPlace Of(RunRecord run)
    {
        LinePlace? start = run.StartPlace, end = run.EndPlace;
        IReadOnlyDictionary<LinePlace, long> lines = LineNumbers.Of(new[] { start, end }.OfType<LinePlace>());
        return new JournalPlace(
            run.Journal, start?.Offset, end?.Offset, start is null ? null : lines[start], end is null ? null : lines[end]);
    }
}

/// <summary>What a run tracked at a path: how often, and last.</summary>
internal sealed record TrackedSummary(string Path, int Count, object? LastValue)
{
    public static IReadOnlyList<TrackedSummary> Of(RunValues run)
    {
        var found = new OrderedDictionary<string, TrackedSummary>(StringComparer.Ordinal);
        foreach ((_, string name, object? value) in run.Tracked.SelectMany(entry => entry.Leaves()))
            found[name] = new TrackedSummary(name, found.GetValueOrDefault(name)?.Count + 1 ?? 1, value);

        return [.. found.Values];
    }
}

/// <summary>A stepped metric without its points.</summary>
internal sealed record SeriesSummary(string Name, int Count, long LastStep, double LastValue)
{
    public static SeriesSummary Of(string name, IReadOnlyList<SeriesPoint> points) =>
        new(name, points.Count, points[^1].Step, points[^1].Value);
}

/// <summary>An artifact or a piece of data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What sort it is.</param>
/// <param name="Format">The usual file ending of its content.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Sha256">Its address; null for data in the journal itself.</param>
/// <param name="Stored">Where its content is: <c>artifact</c>, <c>journal</c> or <c>missing</c>.</param>
/// <param name="Metadata">The metadata that the operation gave it.</param>
internal sealed record ArtifactSummary(
    string Name, string Kind, string Format, long Size, string? Sha256, string Stored, IReadOnlyDictionary<string, object?> Metadata)
{
    public static ArtifactSummary Of(StorageBackend storage, ArtifactInfo artifact)
    {
        bool inline = artifact.Sha256.Length == 0;
        string stored = inline ? "journal" : storage.FindArtifact(artifact.Sha256) is not null ? "artifact" : "missing";
        string? sha256 = inline ? null : artifact.Sha256;
        return new ArtifactSummary(artifact.Name, artifact.Kind, artifact.Format, artifact.Size, sha256, stored, artifact.Metadata);
    }
}

/// <summary>A note that was made about a run after it was recorded.</summary>
internal sealed record NoteLine(string Text, DateTimeOffset CreatedAt);

/// <summary>The end of a run's log.</summary>
internal sealed record LogTail(int Lines, IReadOnlyList<LogEntry> Tail)
{
    public static LogTail Of(IReadOnlyList<LogLine> log, int lines) =>
        new(
            log.Count,
            [.. log.Skip(Math.Max(0, log.Count - lines)).Select(l => new LogEntry(l.Level, l.Message, l.Time.TotalMilliseconds))]);
}

/// <summary>One line of a log, with its time since the start of the run.</summary>
internal sealed record LogEntry(string Level, string Message, double ElapsedMs);

/// <summary>The program that ran a run.</summary>
internal sealed record SessionLine(
    DateTimeOffset? StartedAt, string? Host, IReadOnlyList<string> Command, string? Folder, string? Runtime, string? Assay)
{
    public static SessionLine? Of(RecordedSession? session) => session is null ? null
        : new(session.StartedAt, session.Host, session.Command, session.Folder, session.Runtime, session.Assay);
}
