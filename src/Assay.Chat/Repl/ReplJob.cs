namespace Assay.Chat;

/// <summary>Runs that are being made for a command. Thread-safe.</summary>
internal sealed class ReplJob(string command, int total, IObserver<RunEvent>? other) : IObserver<RunEvent>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, RunEvent> _ended = [];
    private readonly CancellationTokenSource _stop = new(), _cancel = new();

    /// <summary>The name of the command.</summary>
    public string Command => command;

    /// <summary>Completes with the last run; never fails.</summary>
    public Task Task { get; set; } = Task.CompletedTask;

    public bool IsOver { get; private set; }

    public CancellationToken Stopped => _stop.Token;

    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Such as <c>3/8, 1 failed</c>.</summary>
    public string Progress
    {
        get
        {
            lock (_gate) return $"{_ended.Count}/{total}" + (Failed.Length > 0 ? $", {Failed.Length} failed" : "");
        }
    }

    /// <summary>Such as <c>8 of 8 runs ended: 7 complete, 1 failed (timeout 1)</c>.</summary>
    public string Summary
    {
        get
        {
            lock (_gate)
            {
                IEnumerable<string> kinds = Failed.GroupBy(run => run.Error?.Kind ?? "exception")
                    .OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{Printable.Line(kind.Key)} {kind.Count()}");
                int complete = _ended.Values.Count(run => run.Status == RunStatus.Success);
                return $"{_ended.Count} of {Plural.Of(total, "run")} ended: {complete} complete, {Failed.Length} failed"
                    + (Failed.Length > 0 ? $" ({string.Join(", ", kinds)})" : "")
                    + (_ended.Count < total ? $"; {total - _ended.Count} not made" : "");
            }
        }
    }

    private RunEvent[] Failed => [.. _ended.Values.Where(run => run.Status == RunStatus.Failed)];

    /// <summary>Lets no further run start.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Cancels those under way too.</summary>
    public void Cancel()
    {
        _stop.Cancel();
        _cancel.Cancel();
    }

    public void End() => IsOver = true;

    public void OnNext(RunEvent value)
    {
        if (value.Kind == RunEventKind.Finished && value.Status is RunStatus.Success or RunStatus.Failed)
        {
            // A run that is retried ends several times.
            lock (_gate) _ended[value.Index] = value;
        }

        other?.OnNext(value);
    }

    public void OnCompleted() => other?.OnCompleted();

    public void OnError(Exception error) => other?.OnError(error);

    public void Dispose()
    {
        _stop.Dispose();
        _cancel.Dispose();
    }
}
