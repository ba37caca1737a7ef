namespace Assay.Tables.Parquet;

/// <summary>Whole numbers as differences, packed in blocks with a width of their own.</summary>
internal static class DeltaDecoder
{
    public static long[] Decode(ref ByteReader reader, int expected)
    {
        ulong blockSize = reader.Varint(), blocks = reader.Varint(), total = reader.Varint();
        long value = reader.Zigzag();
        if (blocks is 0 or > 4096 || blockSize % blocks != 0 || blockSize / blocks is 0 or > 1 << 20 || total != (ulong)expected)
            throw reader.Fault($"{total} differences in {blocks} blocks of {blockSize} are announced for {expected} values");

        var values = new long[expected];
        int perBlock = (int)(blockSize / blocks), at = 0;
        if (expected > 0) values[at++] = value;
        while (at < expected)
        {
            long least = reader.Zigzag();
            ReadOnlySpan<byte> widths = reader.Take((int)blocks);
            foreach (byte width in widths)
            {
                if (at == expected) break;
                if (width > 64) throw reader.Fault($"differences have {width} bits");
                ReadOnlySpan<byte> packed = reader.Take((long)perBlock * width / 8);
                for (int i = 0; i < perBlock && at < expected; i++)
                {
                    value = unchecked(value + least + (long)Bits(packed, (long)i * width, width));
                    values[at++] = value;
                }
            }
        }

        return values;
    }

    private static ulong Bits(ReadOnlySpan<byte> packed, long start, int width)
    {
        ulong value = 0;
        int filled = 0;
        while (filled < width)
        {
            int shift = (int)(start & 7), take = Math.Min(8 - shift, width - filled);
            ulong part = (uint)packed[(int)(start >> 3)] >> shift & (1UL << take) - 1;
            value |= part << filled;
            filled += take;
            start += take;
        }

        return value;
    }
}
