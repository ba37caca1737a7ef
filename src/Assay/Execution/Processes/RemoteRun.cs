using System.Text.Json;

namespace Assay;

/// <summary>A run that a worker process has reported.</summary>
internal sealed record RemoteRun(string Id, string Experiment, long Index, int Attempt, bool IsFirstAttempt) : IEndedRun
{
    public RunStatus Status { get; init; } = RunStatus.Running;
    public RunError? Error { get; init; }
    public TimeSpan Duration { get; init; }

    /// <summary>An object in the form of journals; undefined for none.</summary>
    public JsonElement Metrics { get; init; }

    public IReadOnlyDictionary<string, object?> MetricsSoFar => JsonObjects.Dictionary(Metrics);
}

/// <summary>The result of ordering a run from a worker.</summary>
/// <param name="Ended">The ended attempt, if the worker's journal has its end; otherwise null.</param>
/// <param name="WasStarted">Whether the run had started when the process ended.</param>
/// <param name="Outcome">The outcome to record if the worker could not record it.</param>
/// <param name="Duration">The duration of the run.</param>
/// <param name="SoFar">The values that the run had recorded before it was killed; null if the worker did not answer.</param>
internal readonly record struct WorkerResult(
    IEndedRun? Ended, bool WasStarted, RunOutcome Outcome, TimeSpan Duration, WorkerMessage? SoFar = null);
