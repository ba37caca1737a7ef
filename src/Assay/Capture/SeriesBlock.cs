namespace Assay;

/// <summary>Stepped points of one metric that wait to be written as one line.</summary>
internal sealed class SeriesBlock(string name)
{
    /// <summary>Points in a full block; a block is also written when its first point is a second old, and at the end of the run.</summary>
    public const int Full = 512;

    private readonly List<(long Step, double Value, long ElapsedMs)> _points = [];

    public int Count => _points.Count;

    public long OldestMs => _points.Count == 0 ? long.MaxValue : _points[0].ElapsedMs;

    public void Add(long step, double value, long elapsedMs) => _points.Add((step, value, elapsedMs));

    public void Clear() => _points.Clear();

    /// <summary>Writes name, steps, values and the milliseconds since the start of the run at which each was recorded.</summary>
    public void Write(JsonBuffer json)
    {
        json.Raw("{\"name\":"u8).String(name).Raw(",\"steps\":["u8);
        for (int i = 0; i < _points.Count; i++) Separated(json, i).Integer(_points[i].Step);
        json.Raw("],\"values\":["u8);
        for (int i = 0; i < _points.Count; i++) Separated(json, i).Real(_points[i].Value);
        json.Raw("],\"time_ms\":["u8);
        for (int i = 0; i < _points.Count; i++) Separated(json, i).Integer(_points[i].ElapsedMs);
        json.Raw("]}"u8);
    }

    private static JsonBuffer Separated(JsonBuffer json, int index) => index == 0 ? json : json.Raw((byte)',');
}
