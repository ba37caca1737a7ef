namespace Assay.Tables;

/// <summary>
/// A column that grows value by value and widens its type when it must. Which type comes out does not depend on the order: one kind of
/// value keeps its type; whole numbers within ±2^53 and doubles together are doubles; everything else is text.
/// </summary>
internal sealed class ColumnBuilder(string name)
{
    private ValueBuffer? _buffer;
    private int _leadingNulls;
    private bool _allExact = true;

    public string Name => name;

    public int Count => _buffer?.Count ?? _leadingNulls;

    public void AddNulls(int count)
    {
        if (_buffer is null) _leadingNulls += count;
        else _buffer.AddNulls(count);
    }

    public void Add(bool value) => Add(ColumnType.Boolean, value);

    public void Add(long value)
    {
        bool isExact = Numbers.IsExact(value);
        if (_buffer is ValueBuffer<double> doubles && isExact)
        {
            doubles.Add(value);
            return;
        }

        _allExact &= isExact;
        Add(ColumnType.Int64, value);
    }

    public void Add(double value)
    {
        if (_buffer is ValueBuffer<long> integers && _allExact)
            _buffer = integers.Convert(new ValueBuffer<double>(ColumnType.Double), whole => whole);
        Add(ColumnType.Double, value);
    }

    public void Add(string value) => Text().Add(value);

    public void Add(DateTimeOffset value) => Add(ColumnType.Timestamp, value);

    public void Add(TimeSpan value) => Add(ColumnType.Duration, value);

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
        ValueBuffer nulls = whenEmpty switch
        {
            ColumnType.Boolean => new ValueBuffer<bool>(whenEmpty),
            ColumnType.Int64 => new ValueBuffer<long>(whenEmpty),
            ColumnType.Double => new ValueBuffer<double>(whenEmpty),
            ColumnType.Timestamp => new ValueBuffer<DateTimeOffset>(whenEmpty),
            ColumnType.Duration => new ValueBuffer<TimeSpan>(whenEmpty),
            _ => new ValueBuffer<string?>(whenEmpty),
        };
        nulls.AddNulls(_leadingNulls);
        return nulls.Freeze(name);
    }

    private void Add<T>(ColumnType type, T value) where T : struct
    {
        if (Fits<T>(type) is { } buffer) buffer.Add(value);
        else Text().Add(ValueText.Of(value));
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
        ValueBuffer<string?> widened = _buffer!.ToText();
        _buffer = widened;
        return widened;
    }
}
