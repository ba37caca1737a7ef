using System.Text.Json;

namespace Assay;

/// <summary>A run that a worker process has told of.</summary>
internal sealed record RemoteRun(string Id, string Experiment, long Index, int Attempt, bool IsFirstAttempt) : IEndedRun
{
    public RunStatus Status { get; init; } = RunStatus.Running;
    public RunError? Error { get; init; }
    public TimeSpan Duration { get; init; }

    /// <summary>An object, as it stands in journals; undefined for none.</summary>
    public JsonElement Metrics { get; init; }

    public IReadOnlyDictionary<string, object?> MetricsSoFar => JsonObjects.Dictionary(Metrics);
}
