namespace Assay.Tables.Parquet;

/// <summary>An unpacked page: how many rows, which of them are null, and the encoded values of the others.</summary>
internal sealed record Page(PageType Type, PageEncoding Encoding, int Count, int[]? Levels, byte[] Values, long Offset)
{
    private const int LargestDictionary = 1 << 28;

    /// <param name="reader">Stands at the page's header.</param>
    /// <param name="codec">How the page is packed.</param>
    /// <param name="isOptional">Whether there are levels, which tell nulls.</param>
    /// <param name="most">The values that are left in the column; a page that announces more is a fault before it takes memory.</param>
    public static Page Read(ref ByteReader reader, Codec codec, bool isOptional, int most)
    {
        ThriftStruct header = ThriftReader.Struct(ref reader);
        long size = header.Number(2);
        long offset = reader.Offset;
        ReadOnlySpan<byte> packed = reader.Take(header.Number(3));
        switch ((PageType)header.Number(1))
        {
            case PageType.Data:
                return Data(header.Struct(5), CountOf(header.Struct(5), most), Compression.Unpack(codec, packed, size, offset), isOptional, offset);
            case PageType.DataV2:
                return DataV2(header.Struct(8), CountOf(header.Struct(8), most), codec, packed, size, isOptional, offset);
            case PageType.Dictionary:
                ThriftStruct dictionary = header.Struct(7);
                return new Page(PageType.Dictionary, PageEncoding.Plain, CountOf(dictionary, LargestDictionary), null, Compression.Unpack(codec, packed, size, offset), offset);
            default:
                return new Page(PageType.Index, PageEncoding.Plain, 0, null, [], offset);
        }
    }

    private static Page Data(ThriftStruct header, int count, byte[] content, bool isOptional, long offset)
    {
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
    private static Page DataV2(ThriftStruct header, int count, Codec codec, ReadOnlySpan<byte> packed, long size, bool isOptional, long offset)
    {
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

    private static int CountOf(ThriftStruct header, int most)
    {
        long count = header.Number(1);
        return count >= 0 && count <= most ? (int)count : throw header.Fault($"a page announces {count} values where at most {most} can be");
    }
}
