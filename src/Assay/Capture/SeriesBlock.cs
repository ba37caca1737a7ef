namespace Assay;

/// <summary>Stepped points of one metric that wait to be written as one line.</summary>
internal sealed class SeriesBlock(string name)
{
    /// <summary>Points in a full block; a block is also written when its first point is a second old, and at the end of the run.</summary>
    public const int Full = SeriesLine.FullBlock;

    private readonly List<(long Step, double Value, long ElapsedMs)> _points = [];

    public int Count => _points.Count;

    public long OldestMs => _points.Count == 0 ? long.MaxValue : _points[0].ElapsedMs;

    public void Add(long step, double value, long elapsedMs) => _points.Add((step, value, elapsedMs));

    public void Clear() => _points.Clear();

    public void Write(JsonBuffer json) => SeriesLine.Write(json, name, _points);
}
