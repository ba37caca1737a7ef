namespace Assay;

/// <summary>The properties of a run that displays, counters and observers use. The run may be executed in a worker process.</summary>
internal interface IEndedRun
{
    string Id { get; }
    string Experiment { get; }
    long Index { get; }
    int Attempt { get; }

    /// <summary>Whether this is the first attempt of the session at the run.</summary>
    bool IsFirstAttempt { get; }

    RunStatus Status { get; }
    RunError? Error { get; }
    TimeSpan Duration { get; }

    IReadOnlyDictionary<string, object?> MetricsSoFar { get; }
}
