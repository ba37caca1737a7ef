using System.Buffers.Binary;
using System.Numerics;

namespace Assay;

/// <summary>The checksum CRC-32C, for which processors have an instruction: it finds every changed byte, and is not meant to withstand intent.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of everything so far and some more bytes; 0 is that of nothing.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        checksum = ~checksum;
        for (; bytes.Length >= 8; bytes = bytes[8..]) checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes) checksum = BitOperations.Crc32C(checksum, value);
        return ~checksum;
    }
}
