using System.Collections.Concurrent;

namespace Assay;

/// <summary>
/// Passes events to the caller's observer, in order, on a separate thread. The queue is bounded: a slow observer slows down the runs
/// instead of exhausting the memory.
/// </summary>
internal sealed class EventStream : IDisposable
{
    private const int MaxWaiting = 10_000;
    private readonly BlockingCollection<RunEvent>? _queue;
    private readonly Thread? _thread;
    private bool _ended;

    public EventStream(IObserver<RunEvent>? observer, Notices notices)
    {
        if (observer is null) return;
        _queue = new BlockingCollection<RunEvent>(MaxWaiting);
        _thread = new Thread(() => Deliver(observer, notices)) { IsBackground = true, Name = "assay-events" };
        _thread.Start();
    }

    public void Started(IEndedRun run) => _queue?.Add(new RunEvent(RunEventKind.Started, run.Id, run.Index, run.Attempt));

    public void Finished(IEndedRun run) => _queue?.Add(new RunEvent(RunEventKind.Finished, run.Id, run.Index, run.Attempt)
    {
        Status = run.Status,
        Duration = run.Duration,
        Metrics = run.MetricsSoFar,
        Error = run.Error,
    });

    /// <summary>Delivers the waiting events and completes the observer. Further calls have no effect.</summary>
    public void Dispose()
    {
        if (_queue is null || Interlocked.Exchange(ref _ended, true)) return;
        _queue.CompleteAdding();
        _thread!.Join();
        _queue.Dispose();
    }

    // The observer is the user's code. After a fault it is not called any more, and the queue is emptied.
    private void Deliver(IObserver<RunEvent> observer, Notices notices)
    {
        try
        {
            foreach (RunEvent e in _queue!.GetConsumingEnumerable()) observer.OnNext(e);
            observer.OnCompleted();
        }
        catch (Exception fault)
        {
            string cause = $"{fault.GetType().Name} ({ExceptionText.Clause(fault)})";
            notices.Warn($"the observer threw {cause} and is not called any more; the runs go on.");
            foreach (RunEvent _ in _queue!.GetConsumingEnumerable()) { }
        }
    }
}
