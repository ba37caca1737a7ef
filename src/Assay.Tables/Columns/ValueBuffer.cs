namespace Assay.Tables;

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
