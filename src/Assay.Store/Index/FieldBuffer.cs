using System.Text;

namespace Assay;

/// <summary>The kind of a value: those of JSON, with whole numbers and real ones apart.</summary>
internal enum CellKind : byte
{
    /// <summary>The run has no value of that name.</summary>
    Absent,

    Null,
    False,
    True,

    Integer,

    Real,

    /// <summary>Text that UTF-8 can hold.</summary>
    Text,

    /// <summary>Anything else, as its JSON: lists, objects, numbers beyond 64 bits, text with half a surrogate pair.</summary>
    Json,
}

/// <summary>The values of one field in the lines read so far: a kind and 64 bits each, texts and JSON in a pool. Not thread-safe.</summary>
internal sealed class FieldBuffer(FieldKey key)
{
    private CellKind[] _kinds = [];
    private long[] _bits = [];

    public FieldKey Key => key;

    public BytePool Pool { get; } = new();

    public CellKind KindOf(int row) => row < _kinds.Length ? _kinds[row] : CellKind.Absent;

    /// <summary>The whole number, the bits of the real number, or the number in <see cref="Pool"/>.</summary>
    public long BitsOf(int row) => _bits[row];

    public void Set(int row, CellKind kind, long bits = 0)
    {
        if (row >= _kinds.Length)
        {
            int capacity = Math.Max(row + 1, Math.Max(4, _kinds.Length * 2));
            Array.Resize(ref _kinds, capacity);
            Array.Resize(ref _bits, capacity);
        }

        (_kinds[row], _bits[row]) = (kind, bits);
    }

    public void SetWhole(int row, long? value)
    {
        if (value is { } number) Set(row, CellKind.Integer, number);
        else Clear(row);
    }

    public void SetReal(int row, double value) => Set(row, CellKind.Real, BitConverter.DoubleToInt64Bits(value));

    public void SetText(int row, ReadOnlySpan<byte> utf8) => Set(row, CellKind.Text, Pool.Add(utf8));

    public void SetJson(int row, ReadOnlySpan<byte> json) => Set(row, CellKind.Json, Pool.Add(json));

    public void Clear(int row)
    {
        if (row < _kinds.Length) _kinds[row] = CellKind.Absent;
    }
}

/// <summary>A value in a buffer; the default is no value.</summary>
internal readonly record struct FieldValue(FieldBuffer? Field, int Row)
{
    public CellKind Kind => Field?.KindOf(Row) ?? CellKind.Absent;

    public long Bits => Field!.BitsOf(Row);

    public ReadOnlySpan<byte> Text => Field!.Pool[(int)Bits];
}

/// <summary>The fields of one group that lines have named, found by the bytes of their names. Not thread-safe.</summary>
internal sealed class FieldSet(FieldPlace place)
{
    private readonly BytePool _names = new();
    private int _expected;
    private int _row = -1;

    public List<FieldBuffer> Fields { get; } = [];

    public FieldBuffer this[ReadOnlySpan<byte> name]
    {
        get
        {
            // Lines of one experiment name the same fields in the same order.
            if (_expected < Fields.Count && _names[_expected].SequenceEqual(name)) return Fields[_expected++];
            int number = _names.Add(name);
            if (number == Fields.Count) Fields.Add(new FieldBuffer(new FieldKey(place, Encoding.UTF8.GetString(name))));
            _expected = number + 1;
            return Fields[number];
        }
    }

    public bool Has(ReadOnlySpan<byte> name, int row) =>
        _names.IndexOf(name) is >= 0 and int number && Fields[number].KindOf(row) != CellKind.Absent;

    /// <summary>Begins the fields of a row. Those of an object that the line had before are cleared.</summary>
    public void Begin(int row)
    {
        if (row == _row) Clear(row);
        (_expected, _row) = (0, row);
    }

    public void Clear(int row)
    {
        foreach (FieldBuffer field in Fields) field.Clear(row);
    }
}

/// <summary>Distinct byte strings, numbered from 0 in the order they came. Not thread-safe.</summary>
internal sealed class BytePool
{
    // Small: a store may have as many fields as runs.
    private int[] _slots = new int[2];
    private int[] _places = new int[2];
    private byte[] _bytes = [];
    private int _last = -1;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int number] => _bytes.AsSpan(_places[number], _places[number + 1] - _places[number]);

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _places[Count]);

    /// <summary>Where each string begins in <see cref="Bytes"/>, and where the last one ends.</summary>
    public ReadOnlyMemory<int> Places => _places.AsMemory(0, Count + 1);

    /// <summary>The number of a string, which is added unless it is known.</summary>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        // Values of a column repeat themselves.
        if (_last >= 0 && this[_last].SequenceEqual(bytes)) return _last;
        return _last = Find(bytes, out int slot) is >= 0 and int known ? known : Append(bytes, slot);
    }

    /// <summary>The number of a string; -1 when it is not known.</summary>
    public int IndexOf(ReadOnlySpan<byte> bytes) => Find(bytes, out _);

    private int Find(ReadOnlySpan<byte> bytes, out int slot)
    {
        uint hash = Crc32C.Append(0, bytes);
        int mask = _slots.Length - 1;
        for (slot = (int)(hash ^ (hash >> 15)) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
            if (this[_slots[slot] - 1].SequenceEqual(bytes)) return _slots[slot] - 1;

        return -1;
    }

    private int Append(ReadOnlySpan<byte> bytes, int slot)
    {
        int start = _places[Count];
        int end = checked(start + bytes.Length);
        if (end > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Max(end, Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        if (Count + 1 == _places.Length) Array.Resize(ref _places, _places.Length * 2);
        bytes.CopyTo(_bytes.AsSpan(start));
        _places[++Count] = end;
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            Find(this[i], out int slot);
            _slots[slot] = i + 1;
        }
    }
}
