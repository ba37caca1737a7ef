using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Assay.Tables.Arrow;

/// <summary>
/// The bytes of a flatbuffer, where they begin in the file, and how much of them may still be looked at: a flatbuffer can refer to one
/// part many times, so a small one could unfold to any size.
/// </summary>
internal sealed class FlatBytes(ReadOnlyMemory<byte> bytes, long origin)
{
    private const int Unfolding = 16;

    private long _left = Math.Max(4096, (long)bytes.Length * Unfolding);

    public int Length => bytes.Length;

    public FlatTable Root() => new(this, Reference(0));

    public long Number(long position, int size)
    {
        ReadOnlySpan<byte> number = Take(position, size);
        return size switch
        {
            1 => (sbyte)number[0],
            2 => BinaryPrimitives.ReadInt16LittleEndian(number),
            4 => BinaryPrimitives.ReadInt32LittleEndian(number),
            _ => BinaryPrimitives.ReadInt64LittleEndian(number),
        };
    }

    /// <summary>The position that the reference at a position points to.</summary>
    public int Reference(long position)
    {
        long target = position + (uint)Number(position, 4);
        return target <= bytes.Length - 4 && target != position ? (int)target : throw Fault(position, $"a reference leads to {target} of {bytes.Length} bytes");
    }

    public string Text(int position)
    {
        ReadOnlySpan<byte> text = Take(position + 4, (uint)Number(position, 4));
        Spend(text.Length);
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw Fault(position, "a name is not UTF-8");
    }

    public void Spend(int cost)
    {
        _left -= cost;
        if (_left < 0) throw Fault(0, "parts of the metadata are used again and again");
    }

    public TableException Fault(long position, string fault) =>
        new($"Byte {origin + position}: {fault}; the metadata of the file is damaged, or it is no Arrow file.") { ByteOffset = origin + position };

    /// <summary>What a sound file may hold and is not read.</summary>
    public TableException Unsupported(long position, string what) => new($"Byte {origin + position}: {what}.") { ByteOffset = origin + position };

    private ReadOnlySpan<byte> Take(long position, long count) => position >= 0 && count <= bytes.Length - position
        ? bytes.Span.Slice((int)position, (int)count)
        : throw Fault(Math.Max(0, position), $"{count} bytes of metadata are expected but {Math.Max(0, bytes.Length - position)} are left");
}
