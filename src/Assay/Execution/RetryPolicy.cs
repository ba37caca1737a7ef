namespace Assay;

/// <summary>
/// Retries failed runs in the same session. The store keeps every attempt. Cancelled runs are not retried, and runs over their time limit
/// only if <see cref="When"/> says so. The delay before retry <i>n</i> is <c>Delay × Factor^(n − 1)</c>, at most <see cref="MaxDelay"/>.
/// </summary>
/// <param name="Retries">The number of further attempts; 0 for none.</param>
public sealed record RetryPolicy(int Retries)
{
    /// <summary>No retries.</summary>
    public static RetryPolicy None { get; } = new(0);

    /// <summary>The delay before the first retry. Default: one second.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The factor from one delay to the next. Default: 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The longest delay. Default: one minute.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Selects the failures to retry; called on several threads. Default: all except timeouts, because a run that took too long usually
    /// does so again. <c>When = _ => true</c> also retries timeouts.
    /// </summary>
    public Func<RunError, bool> When { get; init; } = error => error.Kind != "timeout";

    /// <summary>Whether to make a retry after an error; the first has the number 1.</summary>
    internal bool Allows(RunError? error, int retry, Notices notices)
    {
        if (error is null or { Kind: "cancelled" } || retry > Retries) return false;
        try
        {
            return When(error);
        }
        catch (Exception fault)
        {
            string cause = $"{fault.GetType().Name} ({ExceptionText.Clause(fault)})";
            notices.Once("retry", $"RetryPolicy.When threw {cause}; such failures are not retried.");
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
            faults.Add($"the delays of Retries are {Delay} and {MaxDelay}; expected zero or more, and at most "
                + $"{RunOptions.LongestWait.Days} days for the longest.");
        if (!(Factor >= 1)) faults.Add($"the factor of Retries is {Factor}; expected 1 or more.");
    }
}
