namespace Assay;

/// <summary>What came of one attempt.</summary>
internal readonly record struct RunOutcome(RunStatus Status, RunError? Error)
{
    public static readonly RunOutcome Success = new(RunStatus.Success, null);

    public static RunOutcome Timeout(TimeSpan limit) => new(RunStatus.Failed, new RunError(
        "timeout", typeof(TimeoutException).FullName!, $"the run took longer than its limit of {limit}.", null));

    public static RunOutcome Abandoned { get; } = new(RunStatus.Cancelled, new RunError(
        "cancelled", typeof(OperationCanceledException).FullName!, "the run was cancelled and did not end in time; it was left behind.", null));

    /// <summary>Tells a cancelled run from a failed one: only a run that was told to stop can be cancelled.</summary>
    public static RunOutcome Of(Exception fault, RunContext run) => fault switch
    {
        _ when IsCancellation(fault) && run.Session.CancelRuns.IsCancellationRequested => new(RunStatus.Cancelled, RunError.Of(fault, "cancelled")),
        StoreException when run.Session.IsStoreBroken => new(RunStatus.Failed, RunError.Of(fault, "infrastructure")),
        _ => new(RunStatus.Failed, RunError.Of(fault)),
    };

    // Waiting synchronously for cancelled tasks wraps the cancellation.
    private static bool IsCancellation(Exception fault) =>
        fault is OperationCanceledException || (fault is AggregateException { InnerExceptions: { Count: > 0 } inner } && inner.All(IsCancellation));
}
