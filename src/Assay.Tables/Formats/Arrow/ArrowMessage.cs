using System.Buffers.Binary;

namespace Assay.Tables.Arrow;

/// <summary>One message of a file or stream: its kind, its header and where its body lies.</summary>
internal readonly record struct ArrowMessage(MessageKind Kind, FlatTable Header, long Offset, long BodyOffset, long BodyLength)
{
    private const uint Continuation = 0xFFFF_FFFF;

    /// <summary>Where the next message begins.</summary>
    public long End => BodyOffset + BodyLength;

    /// <summary>The message at a place; null at the end mark, or where the bytes end.</summary>
    public static ArrowMessage? Read(ArrowSource source, long offset)
    {
        if (offset == source.Length) return null;
        long start = offset;
        int size = Int32(source, offset);
        offset += 4;
        // Before version 0.15 of Arrow the size stood alone.
        if ((uint)size == Continuation)
        {
            size = Int32(source, offset);
            offset += 4;
        }

        if (size == 0) return null;
        if (size < 0) throw ArrowSource.Fault(start, $"a message has {size} bytes of metadata");
        FlatTable message = new FlatBytes(source.Take(offset, size), offset).Root();
        const int Version4 = 3;
        if (message.Number(0, 2) < Version4) throw message.Unsupported("the file has a version of the format from before 2018, which is not supported; write it again with a newer program");
        long body = offset + size, bodyLength = message.Int64(3);
        if (bodyLength < 0 || bodyLength > source.Length - body) throw message.Fault($"the body of a message has {bodyLength} bytes, but {source.Length - body} are left");
        return new ArrowMessage((MessageKind)message.Number(1, 1), message.Table(2), start, body, bodyLength);
    }

    private static int Int32(ArrowSource source, long offset) => BinaryPrimitives.ReadInt32LittleEndian(source.Take(offset, 4).Span);
}
