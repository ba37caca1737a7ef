namespace Assay.Questions;

/// <summary>Events of several journals.</summary>
/// <param name="most">The number of events that are kept: the last ones.</param>
/// <param name="wanted">The condition on an event.</param>
internal sealed class LiveEvents(int most, Func<LiveEvent, bool> wanted)
{
    private readonly PriorityQueue<LiveEvent, (DateTimeOffset At, long Number)> _kept = new();

    /// <summary>The number of events, kept or not.</summary>
    public long Total { get; private set; }

    /// <summary>The events that are kept, by time.</summary>
    public IReadOnlyList<LiveEvent> Kept => [.. _kept.UnorderedItems.OrderBy(e => e.Priority).Select(e => e.Element)];

    public void Add(LiveEvent happened)
    {
        if (!wanted(happened)) return;
        Total++;
        _kept.Enqueue(happened, (happened.At, Total));
        if (_kept.Count > most) _kept.Dequeue();
    }
}
