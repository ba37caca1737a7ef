namespace Assay.Tables.Parquet;

/// <summary>Reads what <see cref="HybridEncoder"/> writes.</summary>
internal static class HybridDecoder
{
    public static void Decode(ref ByteReader reader, int width, Span<int> values)
    {
        if (width is < 0 or > 32) throw reader.Fault($"numbers of {width} bits are announced");
        while (values.Length > 0)
        {
            ulong header = reader.Varint();
            int count = (int)Math.Min(header >> 1, int.MaxValue);
            if (count == 0) throw reader.Fault("a run is empty");
            int taken = (header & 1) == 0 ? Repeat(ref reader, width, count, values) : Unpack(ref reader, width, count, values);
            values = values[taken..];
        }
    }

    private static int Repeat(ref ByteReader reader, int width, int count, Span<int> values)
    {
        int value = 0;
        for (int bits = 0; bits < width; bits += 8) value |= reader.Byte() << bits;
        int taken = Math.Min(count, values.Length);
        values[..taken].Fill(value);
        return taken;
    }

    private static int Unpack(ref ByteReader reader, int width, int groups, Span<int> values)
    {
        int taken = (int)Math.Min(groups * 8L, values.Length);
        // The last group may be cut off behind the last value.
        long needed = ((long)taken * width + 7) / 8;
        ReadOnlySpan<byte> packed = reader.Take(Math.Max(needed, Math.Min((long)groups * width, reader.Remaining)));
        Unpack(packed, width, values[..taken]);
        return taken;
    }

    public static void Unpack(ReadOnlySpan<byte> packed, int width, Span<int> values)
    {
        ulong pending = 0, mask = width == 32 ? uint.MaxValue : (1UL << width) - 1;
        int bits = 0, at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            for (; bits < width; bits += 8) pending |= (ulong)packed[at++] << bits;
            values[i] = (int)(pending & mask);
            pending >>= width;
            bits -= width;
        }
    }
}
