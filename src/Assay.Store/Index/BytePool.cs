namespace Assay;

/// <summary>Distinct runs of bytes, numbered from 0 in the order they came. Not thread-safe.</summary>
internal sealed class BytePool
{
    private int[] _slots = new int[16];
    private int[] _places = new int[16];
    private byte[] _bytes = new byte[256];
    private int _last = -1;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int number] => _bytes.AsSpan(_places[number], _places[number + 1] - _places[number]);

    /// <summary>All of them, one behind the other.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _places[Count]);

    /// <summary>Where each begins in <see cref="Bytes"/>, and where the last one ends.</summary>
    public ReadOnlyMemory<int> Places => _places.AsMemory(0, Count + 1);

    /// <summary>The number of some bytes, a new one when they are.</summary>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        // Columns repeat themselves.
        if (_last >= 0 && this[_last].SequenceEqual(bytes)) return _last;
        return _last = Find(bytes, out int slot) is >= 0 and int known ? known : Append(bytes, slot);
    }

    /// <summary>The number of some bytes, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> bytes) => Find(bytes, out _);

    private int Find(ReadOnlySpan<byte> bytes, out int slot)
    {
        int mask = _slots.Length - 1;
        for (slot = (int)Hash(bytes) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (this[_slots[slot] - 1].SequenceEqual(bytes)) return _slots[slot] - 1;
        }

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

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = Crc32C.Append(0, bytes);
        return hash ^ (hash >> 15);
    }
}
