using System.Buffers.Binary;

namespace Assay.Tables.Arrow;

/// <summary>Unpacks the buffers of a batch, each of which is packed on its own behind its size.</summary>
internal sealed class BodyCodec
{
    private const int Lz4 = 0;

    private BodyCodec() { }

    /// <summary>Buffers as they are.</summary>
    public static BodyCodec None { get; } = new();

    private static BodyCodec Lz4Frames { get; } = new();

    public static BodyCodec Of(FlatTable compression) => compression.Number(0, 1, Lz4) == Lz4
        ? Lz4Frames
        : throw compression.Unsupported("the buffers are packed with zstd, which is not supported; write the file with lz4 or without compression");

    public ArrowBuffer Unpack(ArrowBuffer buffer)
    {
        const int Size = 8, NotPacked = -1;
        if (this == None || buffer.Length == 0) return buffer;
        if (buffer.Length < Size) throw ArrowSource.Fault(buffer.Offset, $"a packed buffer has {buffer.Length} bytes");
        long size = BinaryPrimitives.ReadInt64LittleEndian(buffer.Span);
        var packed = new ArrowBuffer(buffer.Memory[Size..], buffer.Offset + Size);
        if (size == 0) return packed with { Memory = default };
        return size == NotPacked ? packed : new ArrowBuffer(Lz4Frame.Unpack(packed, size), buffer.Offset);
    }
}
