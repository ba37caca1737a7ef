namespace Assay;

/// <summary>What displays, counters and observers need of a run, wherever it was executed.</summary>
internal interface IEndedRun
{
    string Id { get; }

    string Experiment { get; }

    long Index { get; }

    int Attempt { get; }

    /// <summary>Whether this session has not tried the run before.</summary>
    bool IsFirstAttempt { get; }

    RunStatus Status { get; }

    RunError? Error { get; }

    TimeSpan Duration { get; }

    IReadOnlyDictionary<string, object?> MetricsSoFar { get; }
}
