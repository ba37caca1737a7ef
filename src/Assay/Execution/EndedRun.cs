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

/// <summary>The outcome of one attempt.</summary>
internal readonly record struct RunOutcome(RunStatus Status, RunError? Error)
{
    public static RunOutcome Success { get; } = new(RunStatus.Success, null);

    public static RunOutcome Abandoned { get; } = new(RunStatus.Cancelled, new RunError(
        "cancelled", typeof(OperationCanceledException).FullName!, "the run was cancelled and did not end in time; it was left "
            + "behind.", null));

    public static RunOutcome Timeout(TimeSpan limit) => new(RunStatus.Failed, new RunError(
        "timeout", typeof(TimeoutException).FullName!, $"the run took longer than its limit of {limit}.", null));

    /// <summary>The outcome of an exception. Only a run whose token is cancelled can be cancelled; otherwise it has failed.</summary>
    public static RunOutcome Of(Exception fault, RunContext run) => fault switch
    {
        _ when IsCancellation(fault) && run.Session.CancelRuns.IsCancellationRequested =>
            new(RunStatus.Cancelled, RunError.Of(fault, "cancelled")),
        StoreException when run.Session.Stop.Broken is not null => new(RunStatus.Failed, RunError.Of(fault, "infrastructure")),
        _ => new(RunStatus.Failed, RunError.Of(fault)),
    };

    // Waiting synchronously for cancelled tasks wraps the cancellation.
    private static bool IsCancellation(Exception fault) => fault is OperationCanceledException
        || (fault is AggregateException { InnerExceptions: { Count: > 0 } inner } && inner.All(IsCancellation));
}
