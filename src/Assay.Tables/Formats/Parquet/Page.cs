namespace Assay.Tables.Parquet;

/// <summary>An unpacked page: how many rows, which of them are null, and the encoded values of the others.</summary>
internal sealed record Page(PageType Type, PageEncoding Encoding, int Count, int[]? Levels, byte[] Values, long Offset)
{
    public static Page Read(ref ByteReader reader, Codec codec, bool isOptional)
    {
        ThriftStruct header = ThriftReader.Struct(ref reader);
        long size = header.Number(2);
        long offset = reader.Offset;
        ReadOnlySpan<byte> packed = reader.Take(header.Number(3));
        switch ((PageType)header.Number(1))
        {
            case PageType.Data:
                return Data(header.Struct(5), Compression.Unpack(codec, packed, size, offset), isOptional, offset);
            case PageType.DataV2:
                return DataV2(header.Struct(8), codec, packed, size, isOptional, offset);
            case PageType.Dictionary:
                ThriftStruct dictionary = header.Struct(7);
                return new Page(PageType.Dictionary, PageEncoding.Plain, CountOf(dictionary), null, Compression.Unpack(codec, packed, size, offset), offset);
            default:
                return new Page(PageType.Index, PageEncoding.Plain, 0, null, [], offset);
        }
    }

    private static Page Data(ThriftStruct header, byte[] content, bool isOptional, long offset)
    {
        int count = CountOf(header);
        var reader = new ByteReader(content, offset);
        int[]? levels = null;
        if (isOptional)
        {
            if ((PageEncoding)header.Number(3) != PageEncoding.Rle) throw header.Fault("levels are encoded in a way that is no longer used");
            levels = LevelsOf(new ByteReader(reader.Take(reader.Int32()), offset + 4), count);
        }

        return new Page(PageType.Data, (PageEncoding)header.Number(2), count, levels, content[reader.Position..], offset);
    }

    /// <summary>In the second version levels are never packed and stand before the packed values.</summary>
    private static Page DataV2(ThriftStruct header, Codec codec, ReadOnlySpan<byte> packed, long size, bool isOptional, long offset)
    {
        int count = CountOf(header);
        var reader = new ByteReader(packed, offset);
        reader.Take(header.Number(6, 0));
        ReadOnlySpan<byte> levels = reader.Take(header.Number(5, 0));
        ReadOnlySpan<byte> values = packed[reader.Position..];
        Codec used = header.Flag(7, true) && values.Length > 0 ? codec : Codec.None;
        return new Page(PageType.DataV2, (PageEncoding)header.Number(4), count, isOptional ? LevelsOf(new ByteReader(levels, offset), count) : null,
            Compression.Unpack(used, values, size - reader.Position, offset + reader.Position), offset);
    }

    private static int[] LevelsOf(ByteReader reader, int count)
    {
        var levels = new int[count];
        HybridDecoder.Decode(ref reader, width: 1, levels);
        return levels;
    }

    private static int CountOf(ThriftStruct header)
    {
        long count = header.Number(1);
        return count is >= 0 and <= 1 << 28 ? (int)count : throw header.Fault($"a page announces {count} values");
    }
}
