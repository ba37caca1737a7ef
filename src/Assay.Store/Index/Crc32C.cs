using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay;

/// <summary>The checksum CRC-32C, for which processors have an instruction. It finds accidents, and does not withstand intent.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of everything so far and some more bytes; 0 is that of nothing.</summary>
    // A tool reads a small store before the runtime would optimise it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        checksum = ~checksum;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes) checksum = BitOperations.Crc32C(checksum, value);
        return ~checksum;
    }

    /// <summary>Another checksum: that of the checksums of four parts, on which a processor works at once, and of the rest.</summary>
    public static uint OfParts(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        int quarter = words.Length / 4;
        ReadOnlySpan<ulong> one = words[..quarter], two = words.Slice(quarter, quarter);
        ReadOnlySpan<ulong> three = words.Slice(2 * quarter, quarter), four = words.Slice(3 * quarter, quarter);
        uint a = 0, b = 0, c = 0, d = 0;
        for (int i = 0; i < one.Length && i < two.Length && i < three.Length && i < four.Length; i++)
        {
            a = BitOperations.Crc32C(a, one[i]);
            b = BitOperations.Crc32C(b, two[i]);
            c = BitOperations.Crc32C(c, three[i]);
            d = BitOperations.Crc32C(d, four[i]);
        }

        return Append(Append(0, MemoryMarshal.AsBytes<uint>([a, b, c, d])), bytes[(quarter * 4 * sizeof(ulong))..]);
    }
}
