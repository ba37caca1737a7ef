namespace Assay.Tests;

/// <summary>Keeps the events of a run.</summary>
internal sealed class Recorder : IObserver<RunEvent>
{
    private readonly List<RunEvent> _events = [];

    public bool Completed { get; private set; }

    public IReadOnlyList<RunEvent> Events
    {
        get
        {
            lock (_events) return [.. _events];
        }
    }

    public IReadOnlyList<RunEvent> Finished => [.. Events.Where(e => e.Kind == RunEventKind.Finished)];

    public void OnNext(RunEvent value)
    {
        lock (_events) _events.Add(value);
    }

    public void OnCompleted() => Completed = true;

    public void OnError(Exception error) { }
}
