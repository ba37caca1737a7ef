namespace Assay;

/// <summary>The kind of a <see cref="RunEvent"/>.</summary>
public enum RunEventKind
{
    /// <summary>An attempt has started.</summary>
    Started,

    /// <summary>The run has ended and is kept: killing the process no longer loses it.</summary>
    Finished,
}

/// <summary>An event of an experiment.</summary>
/// <param name="Kind">The kind of the event.</param>
/// <param name="RunId">The id of the run.</param>
/// <param name="Index">The index of the run in the plan.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
public sealed record RunEvent(RunEventKind Kind, string RunId, long Index, int Attempt)
{
    /// <summary>The status of the run.</summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>The duration of the run; zero while it runs.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The metrics of the run; empty while it runs.</summary>
    public IReadOnlyDictionary<string, object?> Metrics { get; init; } = new Dictionary<string, object?>();

    /// <summary>The error of a run that did not succeed; otherwise null.</summary>
    public RunError? Error { get; init; }
}
