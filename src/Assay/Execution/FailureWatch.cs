namespace Assay;

/// <summary>Stops the experiment after too many failures, or when the first runs to end all failed in the same way. Thread-safe.</summary>
/// <param name="options">The limits.</param>
/// <param name="stop">Stops the experiment.</param>
/// <param name="hasWorked">Whether this code has succeeded in an earlier session, which shows that the experiment is not broken.</param>
internal sealed class FailureWatch(RunOptions options, StopControl stop, bool hasWorked)
{
    private readonly Lock _gate = new();
    private long _ended;
    private long _failed;
    private string? _signature;
    private volatile bool _allAlike = !hasWorked;

    public RunError? First { get; private set; }

    public void Ended(IEndedRun run)
    {
        // After the first success, further ones need no lock.
        if (run.Status == RunStatus.Cancelled || (run.Status == RunStatus.Success && !_allAlike)) return;
        lock (_gate) Count(run);
    }

    private void Count(IEndedRun run)
    {
        _ended++;
        if (run.Status != RunStatus.Failed)
        {
            _allAlike = false;
            return;
        }

        RunError error = run.Error!;
        First ??= error;
        _failed++;
        if (_failed >= options.StopAfterFailures)
            stop.StopFor($"{_failed} runs have failed, the most allowed by StopAfterFailures", First);
        if (!_allAlike || options.StopWhenFirstFail is not { } limit || _ended > limit) return;
        _signature ??= error.Signature;
        _allAlike = _signature == error.Signature;
        if (_allAlike && _ended == limit) stop.StopFor($"the first {limit} runs all failed in the same way", First);
    }
}
