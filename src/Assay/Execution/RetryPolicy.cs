namespace Assay;

/// <summary>
/// Tries failed runs again at once, in the same session. Every attempt stands in the store. Timeouts and cancelled runs are not
/// retried. Before attempt <i>n</i> + 1 the wait is <c>Delay × Factor^(n − 1)</c>, at most <see cref="MaxDelay"/>.
/// </summary>
/// <param name="Retries">How many further attempts; 0 for none.</param>
public sealed record RetryPolicy(int Retries)
{
    /// <summary>No retries.</summary>
    public static RetryPolicy None { get; } = new(0);

    /// <summary>The wait before the first retry. Default: one second.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What each further wait is multiplied by. Default: 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The longest wait. Default: one minute.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Which failures are worth another attempt. Default: all exceptions.</summary>
    public Func<RunError, bool> When { get; init; } = _ => true;

    internal bool Allows(RunError error, int attempt, int firstAttempt, Notices notices) =>
        error.Kind is not ("timeout" or "cancelled") && attempt - firstAttempt < Retries && Wants(error, notices);

    // The condition is the user's code: when it throws, the failure stands as it is.
    private bool Wants(RunError error, Notices notices)
    {
        try
        {
            return When(error);
        }
        catch (Exception fault)
        {
            notices.Once("retry", $"RetryPolicy.When threw {fault.GetType().Name} ({ExceptionText.Clause(fault)}); such failures are not retried.");
            return false;
        }
    }

    internal TimeSpan Wait(int retry)
    {
        double ms = Delay.TotalMilliseconds * Math.Pow(Factor, retry - 1);
        return ms < MaxDelay.TotalMilliseconds ? TimeSpan.FromMilliseconds(ms) : MaxDelay;
    }

    internal void Check(List<string> faults)
    {
        if (Retries < 0) faults.Add($"Retries is {Retries}; expected 0 or more further attempts.");
        if (Delay < TimeSpan.Zero || MaxDelay < TimeSpan.Zero || MaxDelay > RunOptions.LongestWait)
            faults.Add($"the delays of Retries are {Delay} and {MaxDelay}; expected zero or more, and at most {RunOptions.LongestWait.Days} days for the longest.");
        if (!(Factor >= 1)) faults.Add($"the factor of Retries is {Factor}; expected 1 or more.");
    }
}
