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

/// <summary>The errors of attempts; an attempt without an error has succeeded.</summary>
internal static class AttemptError
{
    public static RunError Abandoned { get; } = new("cancelled", typeof(OperationCanceledException).FullName!,
        "the run was cancelled and did not end in time; it was left behind.", null);

    public static RunError Timeout(TimeSpan limit) =>
        new("timeout", typeof(TimeoutException).FullName!, $"the run took longer than its limit of {limit}.", null);

    /// <summary>The error of an exception. Only a run whose token is cancelled can be cancelled; otherwise it has failed.</summary>
    public static RunError Of(Exception fault, RunContext run) => RunError.Of(fault, fault switch
    {
        _ when IsCancellation(fault) && run.Session.CancelRuns.IsCancellationRequested => "cancelled",
        RunErrorException { Kind: var kind } => kind,
        StoreException when run.Session.Stop.IsStoreBroken => "infrastructure",
        _ => "exception",
    });

    public static RunStatus Status(RunError? error) =>
        error switch { null => RunStatus.Success, { Kind: "cancelled" } => RunStatus.Cancelled, _ => RunStatus.Failed };

    // Waiting synchronously for cancelled tasks wraps the cancellation.
    private static bool IsCancellation(Exception fault) => fault is OperationCanceledException
        || (fault is AggregateException { InnerExceptions: { Count: > 0 } inner } && inner.All(IsCancellation));
}
