using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Assay;

/// <summary>The kind of a <see cref="RunEvent"/>.</summary>
public enum RunEventKind
{
    /// <summary>An attempt has started.</summary>
    Started,

    /// <summary>The run has ended and is kept: killing the process no longer loses it.</summary>
    Finished,
}

/// <summary>An event of an experiment.</summary>
/// <param name="Kind">The kind of the event.</param>
/// <param name="RunId">The id of the run.</param>
/// <param name="Index">The index of the run in the plan.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
public sealed record RunEvent(RunEventKind Kind, string RunId, long Index, int Attempt)
{
    /// <summary>The status of the run.</summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>The duration of the run; zero while it runs.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The metrics of the run; empty while it runs.</summary>
    public IReadOnlyDictionary<string, object?> Metrics { get; init; } = new Dictionary<string, object?>();

    /// <summary>The error of a run that did not succeed; otherwise null.</summary>
    public RunError? Error { get; init; }
}

/// <summary>Passes events to the caller's observer, in order, on a thread of its own. The queue is bounded, so memory is too.</summary>
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

/// <summary>Activities and meters under the name <c>Assay</c>, for OpenTelemetry and other listeners.</summary>
internal static class Telemetry
{
    private static readonly ActivitySource Source = new("Assay", AssayVersion.Text);
    private static readonly Meter Meter = new("Assay", AssayVersion.Text);
    private static readonly Counter<long> Runs =
        Meter.CreateCounter<long>("assay.runs", "{run}", "Runs that ended, by experiment and status.");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>("assay.run.duration", "s", "How long runs took.");

    public static Activity? Start(RunContext run)
    {
        Activity? activity = Source.StartActivity("assay.run");
        activity?.SetTag("assay.experiment", run.Experiment).SetTag("assay.run_id", run.Id).SetTag("assay.attempt", run.Attempt);
        return activity;
    }

    public static void Ended(IEndedRun run)
    {
        if (!Runs.Enabled && !Durations.Enabled) return;
        var tags = new TagList { { "assay.experiment", run.Experiment }, { "assay.status", RunStatusText.Text(run.Status) } };
        Runs.Add(1, tags);
        Durations.Record(run.Duration.TotalSeconds, tags);
    }
}
