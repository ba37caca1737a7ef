namespace Assay;

/// <summary>A run's metrics in the order they were first recorded; the last value of a name wins. Not thread-safe.</summary>
internal sealed class MetricSet
{
    // Most runs have a handful of metrics, where comparing names beats hashing them.
    private const int Few = 8;

    private (string Name, MetricValue Value)[] _items = new (string, MetricValue)[4];
    private Dictionary<string, int>? _places;

    public int Count { get; private set; }

    public void Set(string name, MetricValue value)
    {
        int place = Find(name);
        if (place >= 0)
        {
            _items[place].Value = value;
            return;
        }

        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count] = (name, value);
        _places?.Add(name, Count);
        Count++;
        if (Count > Few && _places is null)
        {
            _places = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < Count; i++) _places.Add(_items[i].Name, i);
        }
    }

    public void Write(JsonBuffer json)
    {
        json.Raw((byte)'{');
        for (int i = 0; i < Count; i++)
        {
            if (i > 0) json.Raw((byte)',');
            json.Key(_items[i].Name);
            _items[i].Value.Write(json);
        }

        json.Raw((byte)'}');
    }

    public IReadOnlyDictionary<string, object?> ToDictionary()
    {
        var all = new OrderedDictionary<string, object?>(Count, StringComparer.Ordinal);
        for (int i = 0; i < Count; i++) all.Add(_items[i].Name, _items[i].Value.Boxed);
        return all;
    }

    private int Find(string name)
    {
        if (_places is not null) return _places.GetValueOrDefault(name, -1);
        for (int i = 0; i < Count; i++)
        {
            if (string.Equals(_items[i].Name, name, StringComparison.Ordinal)) return i;
        }

        return -1;
    }
}
