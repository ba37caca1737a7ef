using System.IO.Compression;

namespace Assay.Tables.Parquet;

/// <summary>Packs and unpacks pages.</summary>
internal static class Compression
{
    public static Codec CodecOf(ParquetCompression compression) => compression switch
    {
        ParquetCompression.None => Codec.None,
        ParquetCompression.Gzip => Codec.Gzip,
        ParquetCompression.Brotli => Codec.Brotli,
        _ => throw new ArgumentOutOfRangeException(nameof(compression), compression, "This is no compression of Parquet."),
    };

    public static ReadOnlySpan<byte> Pack(Codec codec, ReadOnlySpan<byte> page)
    {
        if (codec == Codec.None) return page;
        using var packed = new MemoryStream();
        using (Stream packer = codec == Codec.Gzip
                   ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
                   : new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packer.Write(page);
        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    /// <summary>Unpacks to exactly the announced size, and never allocates much more than really comes out.</summary>
    public static byte[] Unpack(Codec codec, ReadOnlySpan<byte> packed, long size, long offset)
    {
        switch (codec)
        {
            case Codec.None when packed.Length == size: return packed.ToArray();
            case Codec.Snappy: return Snappy.Unpack(packed, size, offset);
            case Codec.Gzip or Codec.Brotli: return Inflate(codec, packed.ToArray(), size, offset);
            case Codec.None: throw Fault(offset, $"a page of {size} bytes has {packed.Length}");
            default: throw new TableException($"Byte {offset}: pages are packed with {codec.ToString().ToLowerInvariant()}, which is not supported; write the file with snappy, gzip, brotli or no compression.") { ByteOffset = offset };
        }
    }

    private static byte[] Inflate(Codec codec, byte[] packed, long size, long offset)
    {
        using var source = new MemoryStream(packed);
        using Stream unpacker = codec == Codec.Gzip ? new GZipStream(source, CompressionMode.Decompress) : new BrotliStream(source, CompressionMode.Decompress);
        var page = new byte[Math.Clamp(size, 0, 1 << 16)];
        int used = 0;
        try
        {
            while (used < size)
            {
                int read = unpacker.Read(page, used, page.Length - used);
                if (read == 0) break;
                used += read;
                if (used == page.Length && used < size) Array.Resize(ref page, (int)Math.Min(size, Math.Min(Array.MaxLength, page.Length * 2L)));
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException or IOException)
        {
            throw Fault(offset, $"a page does not unpack ({fault.Message})", fault);
        }

        return used == size && size == page.Length ? page : throw Fault(offset, $"a page unpacks to {used} bytes, not {size}");
    }

    private static TableException Fault(long offset, string fault, Exception? inner = null) => new($"Byte {offset}: {fault}; the file is damaged.", inner) { ByteOffset = offset };
}
