namespace Assay.Tables.Parquet;

/// <summary>Small numbers as runs of one value or as bits packed in groups of eight, whichever is shorter where they stand.</summary>
internal static class HybridEncoder
{
    public static int WidthOf(int largest) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)largest);

    public static void Encode(ByteWriter output, ReadOnlySpan<int> values, int width)
    {
        int packedFrom = 0;
        for (int i = 0; i < values.Length;)
        {
            int run = values[i..].IndexOfAnyExcept(values[i]);
            if (run < 0) run = values.Length - i;
            // Packed groups hold eight values, so a run first fills up the group it begins in.
            int fill = -(i - packedFrom) & 7;
            if (run - fill < 8)
            {
                i += run;
                continue;
            }

            Pack(output, values[packedFrom..(i + fill)], width);
            output.Varint((ulong)(run - fill) << 1);
            for (int bits = 0; bits < width; bits += 8) output.Byte((byte)(values[i] >> bits));
            packedFrom = i += run;
        }

        Pack(output, values[packedFrom..], width);
    }

    private static void Pack(ByteWriter output, ReadOnlySpan<int> values, int width)
    {
        if (values.Length == 0) return;
        int groups = (values.Length + 7) / 8;
        output.Varint((ulong)groups << 1 | 1);
        Span<byte> packed = output.Take(groups * width);
        ulong pending = 0;
        int bits = 0, at = 0;
        foreach (int value in values)
        {
            pending |= (ulong)(uint)value << bits;
            for (bits += width; bits >= 8; bits -= 8, pending >>= 8) packed[at++] = (byte)pending;
        }

        for (; at < packed.Length; pending >>= 8) packed[at++] = (byte)pending;
    }
}
