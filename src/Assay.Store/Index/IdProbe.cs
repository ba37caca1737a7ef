using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Assay;

/// <summary>Looks for some ids among the many of segments.</summary>
internal static class IdProbe
{
    /// <summary>Tells each row that has one of the ids.</summary>
    public static void Find(RunSegment segment, HashSet<UInt128> wanted, Action<int, UInt128> found)
    {
        if (wanted.Count == 0) return;
        ulong[] filter = Filter(wanted);
        uint mask = (uint)(filter.Length * 64) - 1;
        ReadOnlySpan<ulong> halves = MemoryMarshal.Cast<byte, ulong>(segment.Ids);
        for (int row = 0; row < segment.Rows; row++)
        {
            // The second half of an id, in whatever order of bytes: only equal ids need to come to equal bits.
            uint bit = (uint)halves[(row * 2) + 1] & mask;
            if ((filter[bit >> 6] >> (int)(bit & 63) & 1) == 0) continue;
            UInt128 id = segment.Id(row);
            if (wanted.Contains(id)) found(row, id);
        }
    }

    // About one bit in sixteen is set, so nearly all rows end here.
    private static ulong[] Filter(HashSet<UInt128> wanted)
    {
        var filter = new ulong[Math.Max(64, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(wanted.Count, 1 << 26)) / 4)];
        uint mask = (uint)(filter.Length * 64) - 1;
        foreach (UInt128 id in wanted)
        {
            uint bit = (uint)(BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ulong)id) : (ulong)id) & mask;
            filter[bit >> 6] |= 1UL << (int)(bit & 63);
        }

        return filter;
    }
}
