namespace Assay.Questions;

/// <summary>Everything the store holds of a run but the content of its artifacts; of output rows the number.</summary>
internal sealed record RunDetails(
    string Store, string RunId, string Experiment, string Version, string Status, long? Index, DateTimeOffset StartedAt, double? DurationMs,
    IReadOnlyDictionary<string, object?> Params, IReadOnlyDictionary<string, object?> Labels, RunSeed? Seed,
    IReadOnlyDictionary<string, object?> Metrics, IReadOnlyDictionary<string, object?> Derived, IReadOnlyList<string> Tags,
    IReadOnlyList<NoteLine> Notes,
    IReadOnlyDictionary<string, object?> Metadata, RunFault? Error, IReadOnlyDictionary<string, object?> Fingerprints,
    IReadOnlyList<SeriesSummary> Series, IReadOnlyList<TrackedSummary> Tracked, int Rows, IReadOnlyList<ArtifactSummary> Artifacts,
    LogTail Log, IReadOnlyDictionary<string, object?> Git, SessionLine? Session, JournalPlace Journal,
    IReadOnlyList<AttemptInfo> Attempts) : Report
{
    /// <summary>The code, for the text.</summary>
    internal RecordedCode Code { get; private init; } = null!;

    public static RunDetails Of(Store store, RunRecord run, int logLines)
    {
        var code = RecordedCode.Read(run);
        return new RunDetails(
            store.Path, run.Id, run.Experiment, run.Version, RunStatusText.Text(run.Status), run.Index < 0 ? null : run.Index,
            run.StartedAt, run.Duration?.TotalMilliseconds, run.Params, run.Labels, RunSeed.Of(run.Seed), run.Metrics, run.Derived,
            run.Tags,
            [.. run.Notes.Select(n => new NoteLine(n.Text, n.CreatedAt))], run.Metadata,
            run.Error is { } error ? new RunFault(error.Kind, error.Type, error.Message, error.Stack) : null, run.Fingerprints,
            [.. run.SeriesNames.Select(name => SeriesSummary.Of(name, run.Series(name)))], TrackedSummary.Of(new RunValues(run)),
            run.Rows.Count, [.. run.Artifacts.Select(a => ArtifactSummary.Of(store.Storage, a))], LogTail.Of(run.Log, logLines), run.Git,
            SessionLine.Of(code.Session), JournalPlace.Of(run), run.ReadAttempts())
        { Code = code };
    }

    /// <summary>An attempt in a few words.</summary>
    public static string Text(AttemptInfo attempt)
    {
        string start = attempt.StartedAt is { } at ? $"started {Words.Time(at)} UTC" : "its start is missing";
        return $"{attempt.Status}, {start}, in {Path.GetFileName(attempt.Journal)}";
    }
}

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
    public static IReadOnlyList<TrackedSummary> Of(RunValues run) =>
    [
        .. run.Tracked.SelectMany(entry => entry.Leaves())
            .AggregateBy(
                leaf => leaf.Path, (Count: 0, Last: (object?)null), (sum, leaf) => (sum.Count + 1, leaf.Value), StringComparer.Ordinal)
            .Select(path => new TrackedSummary(path.Key, path.Value.Count, path.Value.Last)),
    ];
}

/// <summary>A stepped metric without its points.</summary>
internal sealed record SeriesSummary(string Name, int Count, long LastStep, double LastValue)
{
    /// <summary>The points on one line.</summary>
    internal string Drawn { get; private init; } = "";

    public static SeriesSummary Of(string name, IReadOnlyList<SeriesPoint> points) =>
        new(name, points.Count, points[^1].Step, points[^1].Value) { Drawn = Sparkline.Of([.. points.Select(p => p.Value)]) };
}

/// <summary>
/// An artifact or a piece of data; its address is null and it is stored in <c>journal</c> for data in the journal itself, otherwise its
/// content is an <c>artifact</c> or <c>missing</c>.
/// </summary>
internal sealed record ArtifactSummary(
    string Name, string Kind, string Format, long Size, string? Sha256, string Stored, IReadOnlyDictionary<string, object?> Metadata)
{
    public static ArtifactSummary Of(StorageBackend storage, ArtifactInfo artifact)
    {
        bool inline = artifact.Sha256.Length == 0;
        string stored = inline ? "journal" : storage.FindArtifact(artifact.Sha256) is not null ? "artifact" : "missing";
        return new ArtifactSummary(
            artifact.Name, artifact.Kind, artifact.Format, artifact.Size, inline ? null : artifact.Sha256, stored, artifact.Metadata);
    }
}

/// <summary>A note that was made about a run after it was recorded.</summary>
internal sealed record NoteLine(string Text, DateTimeOffset CreatedAt);

/// <summary>The end of a run's log.</summary>
internal sealed record LogTail(int Lines, IReadOnlyList<LogEntry> Tail)
{
    public static LogTail Of(IReadOnlyList<LogLine> log, int lines) =>
        new(log.Count, [.. log.TakeLast(lines).Select(l => new LogEntry(l.Level, l.Message, l.Time.TotalMilliseconds))]);
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
