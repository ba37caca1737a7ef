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

/// <summary>Values of a growing column before it is frozen, whatever their type.</summary>
internal abstract class ValueBuffer(ColumnType type)
{
    public int Count { get; protected set; }

    public ColumnType Type => type;

    public abstract void AddNulls(int count);

    public abstract void RemoveLast();

    public abstract Column Freeze(string name);

    /// <summary>A copy in which each value is its text.</summary>
    public abstract ValueBuffer<string?> ToText();
}

/// <inheritdoc/>
/// <remarks>Memory doubles, so that adding is constant time on average.</remarks>
internal sealed class ValueBuffer<T>(ColumnType type) : ValueBuffer(type)
{
    private T[] _values = [];
    private ulong[] _valid = [];

    public void Add(T value)
    {
        if (Count == _values.Length) Grow(Count + 1);
        _valid[Count >> 6] |= 1UL << (Count & 63);
        _values[Count++] = value;
    }

    public override void AddNulls(int count)
    {
        if (count <= 0) return;
        if (Count + count > _values.Length) Grow(Count + count);
        _values.AsSpan(Count, count).Fill(Numbers.Absent<T>());
        Count += count;
    }

    public override void RemoveLast()
    {
        Count--;
        _valid[Count >> 6] &= ~(1UL << (Count & 63));
    }

    public override Column Freeze(string name) =>
        new TypedColumn<T>(name, Type, _values.AsSpan(0, Count).ToArray(), Validity.From(_valid.ToArray(), Count));

    public override ValueBuffer<string?> ToText() => Convert(new ValueBuffer<string?>(ColumnType.String), value => ValueText.Of(value!));

    /// <summary>Adds the values, converted, to another buffer.</summary>
    public ValueBuffer<TTo> Convert<TTo>(ValueBuffer<TTo> target, Func<T, TTo> convert)
    {
        for (int i = 0; i < Count; i++)
            if ((_valid[i >> 6] >> (i & 63) & 1) != 0) target.Add(convert(_values[i]));
            else target.AddNulls(1);
        return target;
    }

    private void Grow(int needed)
    {
        int capacity = Math.Max(needed, Math.Max(16, _values.Length * 2));
        Array.Resize(ref _values, capacity);
        Array.Resize(ref _valid, Validity.WordCount(capacity));
    }
}
