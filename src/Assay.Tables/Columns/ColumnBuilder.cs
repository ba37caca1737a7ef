namespace Assay.Tables;

/// <summary>
/// A column that grows value by value and widens its type when it must. Which type comes out does not depend on the order:
/// one kind of value keeps its type; whole numbers within ±2^53 and doubles together are doubles; everything else is text.
/// </summary>
internal sealed class ColumnBuilder(string name)
{
    private ValueBuffer? _buffer;
    private int _leadingNulls;
    private bool _allExact = true;

    public string Name => name;

    public int Count => _buffer?.Count ?? _leadingNulls;

    public ColumnType? Type => _buffer?.Type;

    public void AddNulls(int count)
    {
        if (_buffer is null) _leadingNulls += count;
        else _buffer.AddNulls(count);
    }

    public void Add(bool value)
    {
        if (Fits<bool>(ColumnType.Boolean) is { } buffer) buffer.Add(value);
        else Text().Add(ValueText.Of(value));
    }

    public void Add(long value)
    {
        bool exact = Numbers.IsExact(value);
        if (_buffer is ValueBuffer<double> doubles && exact) doubles.Add(value);
        else if (Fits<long>(ColumnType.Int64) is { } buffer)
        {
            _allExact &= exact;
            buffer.Add(value);
        }
        else Text().Add(ValueText.Of(value));
    }

    public void Add(double value)
    {
        if (_buffer is ValueBuffer<long> integers && _allExact) _buffer = Widening.ToDoubles(integers);
        if (Fits<double>(ColumnType.Double) is { } buffer) buffer.Add(value);
        else Text().Add(ValueText.Of(value));
    }

    public void Add(string value) => Text().Add(value);

    public void Add(DateTimeOffset value)
    {
        if (Fits<DateTimeOffset>(ColumnType.Timestamp) is { } buffer) buffer.Add(value);
        else Text().Add(ValueText.Of(value));
    }

    public void Add(TimeSpan value)
    {
        if (Fits<TimeSpan>(ColumnType.Duration) is { } buffer) buffer.Add(value);
        else Text().Add(ValueText.Of(value));
    }

    /// <summary>Adds a nested value given as compact JSON text.</summary>
    public void AddJson(string text) => (Fits<string?>(ColumnType.Json) ?? Text()).Add(text);

    public void RemoveLast()
    {
        if (_buffer is null) _leadingNulls--;
        else _buffer.RemoveLast();
    }

    /// <summary>Freezes a copy; the builder may grow on. A column of nulls alone has the type given, or text.</summary>
    public Column Build(ColumnType whenEmpty = ColumnType.String)
    {
        if (_buffer is not null) return _buffer.Freeze(name);
        ValueBuffer nulls = Widening.Empty(whenEmpty);
        nulls.AddNulls(_leadingNulls);
        return nulls.Freeze(name);
    }

    private ValueBuffer<T>? Fits<T>(ColumnType type)
    {
        if (_buffer is null)
        {
            _buffer = new ValueBuffer<T>(type);
            _buffer.AddNulls(_leadingNulls);
        }

        return _buffer.Type == type ? (ValueBuffer<T>)_buffer : null;
    }

    private ValueBuffer<string?> Text()
    {
        if (Fits<string?>(ColumnType.String) is { } text) return text;
        ValueBuffer<string?> widened = Widening.ToText(_buffer!);
        _buffer = widened;
        return widened;
    }
}
