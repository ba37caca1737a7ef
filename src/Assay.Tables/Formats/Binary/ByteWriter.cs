using System.Buffers.Binary;
using System.Text;

namespace Assay.Tables;

/// <summary>A growing block of bytes with the little-endian numbers and varints that binary formats are made of.</summary>
internal sealed class ByteWriter(int capacity = 256)
{
    private byte[] _buffer = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room for exactly <paramref name="size"/> more bytes, counted as written; their content is undefined.</summary>
    public Span<byte> Take(int size)
    {
        Span<byte> room = Room(size)[..size];
        Length += size;
        return room;
    }

    /// <summary>Room for at least <paramref name="size"/> more bytes, of which <see cref="Advance"/> counts those that were used.</summary>
    public Span<byte> Room(int size)
    {
        if (_buffer.Length - Length < size) Grow((long)Length + size);
        return _buffer.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Byte(byte value)
    {
        if (Length == _buffer.Length) Take(1)[0] = value;
        else _buffer[Length++] = value;
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Int16(int value) => BinaryPrimitives.WriteInt16LittleEndian(Take(2), checked((short)value));

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    /// <summary>Overwrites a number whose value was not known when it was written.</summary>
    public void PatchInt32(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(position), value);

    /// <summary>Overwrites a number of one to eight bytes.</summary>
    public void Patch(int position, long value, int size)
    {
        for (int i = 0; i < size; i++) _buffer[position + i] = (byte)(value >> (8 * i));
    }

    /// <summary>Adds zeros.</summary>
    public void Zeros(int count) => Take(count).Clear();

    /// <summary>Seven bits per byte, low ones first.</summary>
    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    /// <summary>A varint of a signed number whose small negative values are short too.</summary>
    public void Zigzag(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    public void Utf8(ReadOnlySpan<char> text)
    {
        // Counting takes a look at every character; room that may stay unused only pays for short texts.
        const int Long = 1 << 16;
        int size = text.Length < Long ? Encoding.UTF8.GetMaxByteCount(text.Length) : Encoding.UTF8.GetByteCount(text);
        Length += Encoding.UTF8.GetBytes(text, Room(size));
    }

    public byte[] ToArray() => Written.ToArray();

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength) throw new TableException("One block of the file would have more than 2 GB; write fewer rows per row group, or several files.");
        Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(needed, _buffer.Length * 2L)));
    }
}
