namespace Assay;

/// <summary>What happened to a run.</summary>
public enum RunEventKind
{
    /// <summary>An attempt began.</summary>
    Started,

    /// <summary>The run has ended and is kept: killing the process no longer loses it.</summary>
    Finished,
}

/// <summary>Something that happened while an experiment runs.</summary>
/// <param name="Kind">What.</param>
/// <param name="RunId">To which run.</param>
/// <param name="Index">Its place in the plan.</param>
/// <param name="Attempt">Which attempt, from 1.</param>
public sealed record RunEvent(RunEventKind Kind, string RunId, long Index, int Attempt)
{
    /// <summary>How the run stands.</summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>How long it took; zero while it runs.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Its metrics; empty while it runs.</summary>
    public IReadOnlyDictionary<string, object?> Metrics { get; init; } = new Dictionary<string, object?>();

    /// <summary>Why it failed, if it did.</summary>
    public RunError? Error { get; init; }
}
