namespace Assay.Questions;

/// <summary>Everything the store holds of a run but the content of its artifacts.</summary>
internal sealed record RunDetails : Report
{
    public required string Store { get; init; }

    public required string RunId { get; init; }

    public required string Experiment { get; init; }

    public required string Version { get; init; }

    public required string Status { get; init; }

    public required long? Index { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double? DurationMs { get; init; }

    public required IReadOnlyDictionary<string, object?> Params { get; init; }

    public required IReadOnlyDictionary<string, object?> Labels { get; init; }

    public required RunSeed? Seed { get; init; }

    public required IReadOnlyDictionary<string, object?> Metrics { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<NoteLine> Notes { get; init; }

    public required IReadOnlyDictionary<string, object?> Metadata { get; init; }

    public required RunFault? Error { get; init; }

    public required IReadOnlyDictionary<string, object?> Fingerprints { get; init; }

    public required IReadOnlyList<SeriesSummary> Series { get; init; }

    public required IReadOnlyList<TrackedSummary> Tracked { get; init; }

    /// <summary>Number of output rows.</summary>
    public required int Rows { get; init; }

    public required IReadOnlyList<ArtifactSummary> Artifacts { get; init; }

    public required LogTail Log { get; init; }

    public required IReadOnlyDictionary<string, object?> Git { get; init; }

    public SessionLine? Session => SessionLine.Of(Code.Session);

    public required JournalPlace Journal { get; init; }

    public required IReadOnlyList<AttemptInfo> Attempts { get; init; }

    internal RecordedCode Code { get; private init; } = null!;

    /// <param name="store">The store the run is in.</param>
    /// <param name="run">The run.</param>
    /// <param name="logLines">How many of the last log lines to take.</param>
    public static RunDetails Of(Store store, RunRecord run, int logLines) => new()
    {
        Store = store.Path,
        RunId = run.Id,
        Experiment = run.Experiment,
        Version = run.Version,
        Status = RunStatusText.Text(run.Status),
        Index = run.Index < 0 ? null : run.Index,
        StartedAt = run.StartedAt,
        DurationMs = run.Duration?.TotalMilliseconds,
        Params = run.Params,
        Labels = run.Labels,
        Seed = RunSeed.Of(run.Seed),
        Metrics = run.Metrics,
        Tags = run.Tags,
        Notes = [.. run.Notes.Select(n => new NoteLine(n.Text, n.CreatedAt))],
        Metadata = run.Metadata,
        Error = run.Error is { } error ? new RunFault(error.Kind, error.Type, error.Message, error.Stack) : null,
        Fingerprints = run.Fingerprints,
        Series = [.. run.SeriesNames.Select(name => SeriesSummary.Of(name, run.Series(name)))],
        Tracked = TrackedSummary.Of(new RunValues(run)),
        Rows = run.Rows.Count,
        Artifacts = [.. run.Artifacts.Select(a => ArtifactSummary.Of(store.Storage, a))],
        Log = LogTail.Of(run.Log, logLines),
        Git = run.Git,
        Code = RecordedCode.Read(run),
        Journal = JournalPlace.Of(run),
        Attempts = run.ReadAttempts(),
    };
}
