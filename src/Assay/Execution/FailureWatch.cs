namespace Assay;

/// <summary>Stops the experiment after so many failures, or when the first runs to end all failed in the same way. Called from one thread.</summary>
internal sealed class FailureWatch(RunOptions options, StopControl stop)
{
    private long _ended;
    private long _failed;
    private string? _signature;
    private bool _allAlike = true;

    public RunError? First { get; private set; }

    public void Ended(IEndedRun run)
    {
        if (run.Status == RunStatus.Cancelled) return;
        _ended++;
        if (run.Status != RunStatus.Failed)
        {
            _allAlike = false;
            return;
        }

        RunError error = run.Error!;
        First ??= error;
        _failed++;
        if (_failed == options.StopAfterFailures) stop.StopFor($"{_failed} runs have failed, the most allowed by StopAfterFailures", First);
        if (!_allAlike || options.StopWhenFirstFail is not { } limit || _ended > limit) return;
        _signature ??= error.Signature;
        _allAlike = _signature == error.Signature;
        if (_allAlike && _ended == limit) stop.StopFor($"the first {limit} runs all failed in the same way", First);
    }
}
