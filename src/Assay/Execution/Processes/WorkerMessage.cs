using System.Text.Json;

namespace Assay;

/// <summary>One line of the communication between a coordinator and a worker.</summary>
internal sealed record WorkerMessage(string Kind)
{
    public const string Ready = "ready";
    public const string Run = "run";
    public const string Cancel = "cancel";
    public const string Started = "started";
    public const string Finished = "finished";
    public const string Fault = "fault";
    public const string StoreFault = "store_fault";
    public const string Journal = "journal";

    /// <summary>Asks for what the run has recorded, before it is killed.</summary>
    public const string Ask = "ask";
    public const string SoFar = "so_far";

    public long Index { get; init; }
    public string? Id { get; init; }
    public int Attempt { get; init; }
    public RunStatus Status { get; init; }
    public double DurationMs { get; init; }
    public RunError? Error { get; init; }

    /// <summary>An object in the form of journals.</summary>
    public JsonElement? Metrics { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public string? Text { get; init; }

    public string ToLine() => JsonSerializer.Serialize(this, DataForm.Options);

    /// <returns>The message; null for any other line.</returns>
    public static WorkerMessage? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkerMessage>(line, DataForm.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

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

/// <summary>How an ordered run came out: its end, if a journal of the worker has it; otherwise what is to be recorded of it.</summary>
internal readonly record struct WorkerResult(
    IEndedRun? Ended, bool WasStarted, RunOutcome Outcome, TimeSpan Duration, WorkerMessage? SoFar = null);
