using System.Buffers.Binary;
using System.IO.Compression;

namespace Assay.Tables.Avro;

/// <summary>Packs and unpacks blocks. Written are null and deflate; read is snappy too.</summary>
internal sealed class AvroCodec
{
    public static readonly AvroCodec None = new("null"), Deflate = new("deflate"), Snappy = new("snappy");

    private AvroCodec(string name) => Name = name;

    // The stream of .NET makes nothing of nothing, which is no deflate.
    private static ReadOnlySpan<byte> EmptyDeflate => [3, 0];

    public string Name { get; }

    public static AvroCodec Of(string? name, long offset) => name switch
    {
        null or "null" => None,
        "deflate" => Deflate,
        "snappy" => Snappy,
        _ => throw new TableException($"Byte {offset}: blocks are packed with {name}, which is not supported; write the file with deflate, snappy or null.") { ByteOffset = offset },
    };

    public ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> block)
    {
        if (this == None) return block;
        if (block.IsEmpty) return EmptyDeflate;
        using var packed = new MemoryStream();
        using (var packer = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) packer.Write(block);
        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    /// <summary>The block as it was before it was packed; nothing where some writers pack nothing into nothing. Deflate yields at most a thousand times its bytes, so no announced size is trusted.</summary>
    public ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> packed, long offset) =>
        this == None || packed.IsEmpty ? packed
        : this == Deflate ? Inflate(packed.ToArray(), offset)
        : UnpackSnappy(packed, offset);

    private static ReadOnlySpan<byte> Inflate(byte[] packed, long offset)
    {
        using var source = new MemoryStream(packed);
        using var unpacker = new DeflateStream(source, CompressionMode.Decompress);
        using var block = new MemoryStream();
        try
        {
            unpacker.CopyTo(block);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException)
        {
            throw Fault(offset, $"a block does not unpack ({fault.Message})", fault);
        }

        return block.GetBuffer().AsSpan(0, (int)block.Length);
    }

    /// <summary>Four bytes behind the packed ones are the checksum of what comes out.</summary>
    private static byte[] UnpackSnappy(ReadOnlySpan<byte> packed, long offset)
    {
        const int ChecksumSize = 4;
        if (packed.Length < ChecksumSize) throw Fault(offset, $"a block of {packed.Length} bytes has no checksum");
        byte[] block = Tables.Snappy.Unpack(packed[..^ChecksumSize], size: null, offset);
        return Crc32.Of(block) == BinaryPrimitives.ReadUInt32BigEndian(packed[^ChecksumSize..]) ? block : throw Fault(offset, "a block does not have its checksum");
    }

    private static TableException Fault(long offset, string fault, Exception? inner = null) =>
        new($"Byte {offset}: {fault}; the file is damaged.", inner) { ByteOffset = offset };
}
