namespace Assay.Tables.Arrow;

/// <summary>Unpacks a frame of LZ4: blocks of literals and of copies of what came before.</summary>
internal static class Lz4Frame
{
    private const uint Magic = 0x184D2204;

    // A byte of a block yields at most 255, so a larger announcement cannot be true.
    private const int LargestGain = 255;

    public static byte[] Unpack(ArrowBuffer packed, long size)
    {
        var reader = new ByteReader(packed.Span, packed.Offset);
        if (size < 0 || size > (long)packed.Length * LargestGain || size > Array.MaxLength) throw reader.Fault($"a buffer of {packed.Length} bytes announces {size}");
        if ((uint)reader.Int32() != Magic) throw reader.Fault("a packed buffer is no LZ4 frame");
        byte flags = reader.Byte();
        const int Version = 1, HasBlockChecksums = 0x10, HasSize = 8, HasDictionary = 1;
        if (flags >> 6 != Version || (flags & HasDictionary) != 0) throw reader.Fault($"a frame of LZ4 has the unknown flags {flags:x2}");
        bool hasSize = (flags & HasSize) != 0;
        // The largest size of a block, the size of all, and a checksum of the header, none of which is needed.
        reader.Take(hasSize ? 10 : 2);

        var content = new byte[size];
        int at = 0;
        for (int block = reader.Int32(); block != 0; block = reader.Int32())
        {
            bool isPlain = block < 0;
            ReadOnlySpan<byte> bytes = reader.Take(block & int.MaxValue);
            long start = reader.Offset - bytes.Length;
            var blockReader = new ByteReader(bytes, start);
            at = isPlain ? Literals(ref blockReader, bytes.Length, content, at) : Block(ref blockReader, content, at);
            if ((flags & HasBlockChecksums) != 0) reader.Int32();
        }

        return at == content.Length ? content : throw reader.Fault($"a buffer unpacks to {at} bytes, not {size}");
    }

    private static int Block(ref ByteReader reader, byte[] content, int at)
    {
        const int ShortestCopy = 4;
        while (!reader.AtEnd)
        {
            byte token = reader.Byte();
            at = Literals(ref reader, Length(ref reader, token >> 4), content, at);
            // The last sequence of a block has no copy.
            if (reader.AtEnd) break;
            int back = reader.Byte() | reader.Byte() << 8;
            long length = Length(ref reader, token & 15) + ShortestCopy;
            if (back == 0 || back > at || length > content.Length - at) throw reader.Fault("a copy reaches outside of its buffer");
            // Byte by byte: source and target may overlap, which repeats a pattern.
            for (int end = at + (int)length; at < end; at++) content[at] = content[at - back];
        }

        return at;
    }

    private static int Literals(ref ByteReader reader, long count, byte[] content, int at)
    {
        ReadOnlySpan<byte> literals = reader.Take(count);
        if (literals.Length > content.Length - at) throw reader.Fault("a buffer unpacks to more than announced");
        literals.CopyTo(content.AsSpan(at));
        return at + literals.Length;
    }

    /// <summary>A length of four bits, which goes on in whole bytes while they are full.</summary>
    private static long Length(ref ByteReader reader, int length)
    {
        const int Full = 15;
        if (length < Full) return length;
        long total = Full;
        byte more;
        do total += more = reader.Byte();
        while (more == 255);
        return total;
    }
}
