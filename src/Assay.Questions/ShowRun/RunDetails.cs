namespace Assay.Questions;

/// <summary>Everything the store holds of a run but the content of its artifacts.</summary>
/// <remarks><c>Rows</c> is the number of output rows.</remarks>
internal sealed record RunDetails(
    string Store, string RunId, string Experiment, string Version, string Status, long? Index, DateTimeOffset StartedAt, double? DurationMs,
    IReadOnlyDictionary<string, object?> Params, IReadOnlyDictionary<string, object?> Labels, RunSeed? Seed,
    IReadOnlyDictionary<string, object?> Metrics, IReadOnlyList<string> Tags, IReadOnlyList<NoteLine> Notes,
    IReadOnlyDictionary<string, object?> Metadata, RunFault? Error, IReadOnlyDictionary<string, object?> Fingerprints,
    IReadOnlyList<SeriesSummary> Series, IReadOnlyList<TrackedSummary> Tracked, int Rows, IReadOnlyList<ArtifactSummary> Artifacts,
    LogTail Log, IReadOnlyDictionary<string, object?> Git, SessionLine? Session, JournalPlace Journal,
    IReadOnlyList<AttemptInfo> Attempts) : Report
{
    /// <summary>The code, for the text.</summary>
    internal RecordedCode Code { get; private init; } = null!;

    /// <param name="store">The store the run is in.</param>
    /// <param name="run">The run.</param>
    /// <param name="logLines">The number of the last log lines to take.</param>
    public static RunDetails Of(Store store, RunRecord run, int logLines)
    {
        var code = RecordedCode.Read(run);
        return new RunDetails(
            store.Path, run.Id, run.Experiment, run.Version, RunStatusText.Text(run.Status), run.Index < 0 ? null : run.Index,
            run.StartedAt, run.Duration?.TotalMilliseconds, run.Params, run.Labels, RunSeed.Of(run.Seed), run.Metrics, run.Tags,
            [.. run.Notes.Select(n => new NoteLine(n.Text, n.CreatedAt))], run.Metadata,
            run.Error is { } error ? new RunFault(error.Kind, error.Type, error.Message, error.Stack) : null, run.Fingerprints,
            [.. run.SeriesNames.Select(name => SeriesSummary.Of(name, run.Series(name)))], TrackedSummary.Of(new RunValues(run)),
            run.Rows.Count, [.. run.Artifacts.Select(a => ArtifactSummary.Of(store.Storage, a))], LogTail.Of(run.Log, logLines), run.Git,
            SessionLine.Of(code.Session), JournalPlace.Of(run), run.ReadAttempts())
        { Code = code };
    }
}
