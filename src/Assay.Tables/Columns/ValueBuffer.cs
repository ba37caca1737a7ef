namespace Assay.Tables;

/// <summary>Values of a growing column before it is frozen. Memory doubles, so that adding is constant time on average.</summary>
internal sealed class ValueBuffer<T>(ColumnType type) : ValueBuffer
{
    private T[] _values = [];
    private ulong[] _valid = [];

    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    public override ColumnType Type => type;

    public override bool IsValid(int index) => (_valid[index >> 6] >> (index & 63) & 1) != 0;

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
        new TypedColumn<T>(name, type, _values.AsSpan(0, Count).ToArray(), Validity.From(_valid.ToArray(), Count));

    private void Grow(int needed)
    {
        int capacity = Math.Max(needed, Math.Max(16, _values.Length * 2));
        Array.Resize(ref _values, capacity);
        Array.Resize(ref _valid, Validity.WordCount(capacity));
    }
}

/// <summary>The part of a <see cref="ValueBuffer{T}"/> that does not depend on the type of its values.</summary>
internal abstract class ValueBuffer
{
    public int Count { get; protected set; }

    public abstract ColumnType Type { get; }

    public abstract bool IsValid(int index);

    public abstract void AddNulls(int count);

    public abstract void RemoveLast();

    public abstract Column Freeze(string name);
}
