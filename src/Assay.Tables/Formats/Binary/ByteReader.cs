using System.Buffers.Binary;

namespace Assay.Tables;

/// <summary>
/// Reads numbers from a block of bytes. Running over its end is a fault of the file, reported with its offset: the position in the
/// block plus where the block begins in the file.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, long origin = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly long Offset => origin + Position;

    public readonly int Remaining => _bytes.Length - Position;

    public readonly bool AtEnd => Position == _bytes.Length;

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining) throw Fault($"{count} bytes are expected but {Remaining} are left");
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw Fault("a byte is expected at the end");

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Fault("a number is longer than 64 bits");
    }

    public long Zigzag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count of things that take at least <paramref name="unit"/> bytes each, so that no more are announced than can follow.</summary>
    public int Count(long count, int unit = 1)
    {
        if (count < 0 || count * Math.Max(1, unit) > Remaining) throw Fault($"{count} items are announced but {Remaining} bytes are left");
        return (int)count;
    }

    public readonly TableException Fault(string fault) => new($"Byte {Offset}: {fault}; the file is damaged or no file of this format.") { ByteOffset = Offset };
}
