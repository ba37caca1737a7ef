using System.Collections.Concurrent;

namespace Assay;

/// <summary>
/// Passes events to the caller's observer from a thread of its own, in order. The queue is bounded: an observer that cannot keep up slows the
/// runs down instead of filling the memory.
/// </summary>
internal sealed class EventStream : IDisposable
{
    private const int MostWaiting = 10_000;
    private readonly BlockingCollection<RunEvent>? _queue;
    private readonly Thread? _thread;
    private bool _ended;

    public EventStream(IObserver<RunEvent>? observer, Notices notices)
    {
        if (observer is null) return;
        _queue = new BlockingCollection<RunEvent>(MostWaiting);
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

    /// <summary>Delivers what waits and ends; again it does nothing.</summary>
    public void Dispose()
    {
        if (_queue is null || Interlocked.Exchange(ref _ended, true)) return;
        _queue.CompleteAdding();
        _thread!.Join();
        _queue.Dispose();
    }

    private void Deliver(IObserver<RunEvent> observer, Notices notices)
    {
        bool well = true;
        foreach (RunEvent e in _queue!.GetConsumingEnumerable())
        {
            if (!well) continue;
            well = Guarded(() => observer.OnNext(e), notices);
        }

        if (well) Guarded(observer.OnCompleted, notices);
    }

    // The observer is the user's code; its fault must not cost a run, so it is told and the observer is left out from then on.
    private static bool Guarded(Action call, Notices notices)
    {
        try
        {
            call();
            return true;
        }
        catch (Exception fault)
        {
            notices.Warn($"the observer threw {fault.GetType().Name} ({ExceptionText.Clause(fault)}) and is not called any more; the runs go on.");
            return false;
        }
    }
}
