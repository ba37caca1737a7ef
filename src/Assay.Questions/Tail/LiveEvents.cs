namespace Assay.Questions;

/// <summary>Events of several journals.</summary>
/// <param name="most">How many of the last ones are kept.</param>
/// <param name="wanted">Which ones count.</param>
internal sealed class LiveEvents(int most, Func<LiveEvent, bool> wanted)
{
    private readonly PriorityQueue<LiveEvent, (DateTimeOffset At, long Number)> _kept = new();

    /// <summary>How many there were, kept or not.</summary>
    public long Total { get; private set; }

    /// <summary>Those that were kept, by time.</summary>
    public IReadOnlyList<LiveEvent> Kept => [.. _kept.UnorderedItems.OrderBy(e => e.Priority).Select(e => e.Element)];

    public void Add(LiveEvent happened)
    {
        if (!wanted(happened)) return;
        Total++;
        _kept.Enqueue(happened, (happened.At, Total));
        if (_kept.Count > most) _kept.Dequeue();
    }
}
