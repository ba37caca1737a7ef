using System.Buffers.Binary;

namespace Assay.Tables.Arrow;

/// <summary>Reads the parts of a file or a stream. Only the metadata is looked at; values stay where they are.</summary>
internal static class FileReader
{
    private const int TrailerSize = 10;

    /// <summary>A file, which lists its batches at the end.</summary>
    public static ArrowFile Read(ArrowSource source, IDisposable? mapping = null)
    {
        FlatTable footer = Footer(source);
        ArrowSchema schema = SchemaReader.Read(footer.Table(1));
        var dictionaries = new ArrowDictionaries(schema);
        long left = source.Length;
        foreach (ArrowMessage message in Messages(source, footer, slot: 2, MessageKind.Dictionary, ref left)) dictionaries.Read(source, message);
        ArrowBatch[] batches = [.. Messages(source, footer, slot: 3, MessageKind.Batch, ref left).Select(message => Batch(source, message, schema, dictionaries))];
        return new ArrowFile(schema, batches, mapping);
    }

    /// <summary>A stream, whose messages come in the order in which they are to be read.</summary>
    public static ArrowFile ReadStream(ArrowSource source)
    {
        if (IsFile(source)) throw ArrowSource.Fault(0, "this is the file format of Arrow, not the stream (read it as ipc)");
        if (ArrowMessage.Read(source, 0) is not { Kind: MessageKind.Schema } first) throw ArrowSource.Fault(0, "the first message is no schema");
        ArrowSchema schema = SchemaReader.Read(first.Header);
        var dictionaries = new ArrowDictionaries(schema);
        var batches = new List<ArrowBatch>();
        for (ArrowMessage? next = ArrowMessage.Read(source, first.End); next is { } message; next = ArrowMessage.Read(source, message.End))
            if (message.Kind == MessageKind.Dictionary) dictionaries.Read(source, message);
            else if (message.Kind == MessageKind.Batch) batches.Add(Batch(source, message, schema, dictionaries));
            else throw ArrowSource.Fault(message.Offset, $"a message of kind {(int)message.Kind} stands between the batches");
        return new ArrowFile(schema, batches);
    }

    private static ArrowBatch Batch(ArrowSource source, ArrowMessage message, ArrowSchema schema, ArrowDictionaries dictionaries)
    {
        var reader = new BatchReader(source, message, message.Header, dictionaries);
        ArrowArray[] columns = reader.Read(schema.Fields);
        if (reader.RowCount > int.MaxValue) throw ArrowSource.Fault(message.Offset, $"a batch has {reader.RowCount} rows, more than a table can hold");
        return new ArrowBatch((int)reader.RowCount, columns);
    }

    private static List<ArrowMessage> Messages(ArrowSource source, FlatTable footer, int slot, MessageKind kind, ref long left)
    {
        const int BlockSize = 24;
        var messages = new List<ArrowMessage>();
        FlatVector blocks = footer.Vector(slot, BlockSize);
        for (int i = 0; i < blocks.Count; i++)
        {
            long offset = blocks.Word(i, 0);
            if (ArrowMessage.Read(source, offset) is not { } message || message.Kind != kind) throw ArrowSource.Fault(Math.Clamp(offset, 0, source.Length), $"no message of kind {kind} stands where the footer says");
            // A file that lists one message many times could be a table of any size.
            left -= message.End - offset;
            if (left < 0) throw footer.Fault("the messages of the footer have more bytes than the file");
            messages.Add(message);
        }

        return messages;
    }

    private static FlatTable Footer(ArrowSource source)
    {
        int front = ArrowWriter.Magic.Length + 2;
        if (!IsFile(source) || source.Length < front + TrailerSize || !source.Take(source.Length - 6, 6).Span.SequenceEqual(ArrowWriter.Magic))
            throw new TableException($"The file does not begin and end with ARROW1 ({source.Length} bytes), so it is no Arrow file, is an Arrow stream (read it as ipc_stream), or was cut off.") { ByteOffset = 0 };
        long end = source.Length - TrailerSize;
        int size = BinaryPrimitives.ReadInt32LittleEndian(source.Take(end, 4).Span);
        if (size <= 0 || size > end - front) throw ArrowSource.Fault(end, $"the footer would have {size} bytes of {source.Length}");
        return new FlatBytes(source.Take(end - size, size), end - size).Root();
    }

    private static bool IsFile(ArrowSource source) => source.Length >= 6 && source.Take(0, 6).Span.SequenceEqual(ArrowWriter.Magic);
}
