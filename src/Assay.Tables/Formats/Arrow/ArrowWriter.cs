namespace Assay.Tables.Arrow;

/// <summary>
/// Writes messages one behind the other: a stream, and with magic bytes around it and a list of its messages at the end, a file. Every buffer
/// begins at a multiple of 64 bytes of what is written, so that a mapped file can be used where it lies.
/// </summary>
internal sealed class ArrowWriter
{
    private const int Alignment = 64;
    private const int Version5 = 4;
    private static readonly byte[] Zeros = new byte[Alignment];

    private readonly Stream _stream;
    private readonly ArrowSchema _schema;
    private readonly bool _isFile;
    private readonly List<long> _dictionaries = [];
    private readonly List<long> _batches = [];
    private long _position;

    public ArrowWriter(Stream stream, ArrowSchema schema, bool isFile)
    {
        _stream = stream;
        _schema = schema;
        _isFile = isFile;
        if (isFile) Write([.. Magic, 0, 0]);
        WriteMessage(MessageKind.Schema, SchemaWriter.Node(schema), bodyLength: 0);
    }

    public static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    public void WriteDictionary(long id, OutgoingArray values)
    {
        FlatNode batch = Batch(values.Length, [values], out long bodyLength);
        _dictionaries.AddRange(WriteMessage(MessageKind.Dictionary, new FlatNode(FlatNumber.Int64(id), batch), bodyLength));
        WriteBody([values]);
    }

    public void WriteBatch(int rowCount, IReadOnlyList<OutgoingArray> columns)
    {
        FlatNode batch = Batch(rowCount, columns, out long bodyLength);
        _batches.AddRange(WriteMessage(MessageKind.Batch, batch, bodyLength));
        WriteBody(columns);
    }

    /// <summary>Writes the end mark and, in a file, the footer.</summary>
    public void Finish()
    {
        const int WordsPerBlock = 3;
        Write([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
        if (!_isFile) return;
        byte[] footer = FlatWriter.Write(new FlatNode(
            FlatNumber.Int16(Version5), SchemaWriter.Node(_schema), new FlatStructs(_dictionaries, WordsPerBlock), new FlatStructs(_batches, WordsPerBlock)));
        Write(footer);
        Write(BitConverter.GetBytes(footer.Length));
        Write(Magic);
    }

    private static FlatNode Batch(int rowCount, IReadOnlyList<OutgoingArray> columns, out long bodyLength)
    {
        var nodes = new List<long>();
        var buffers = new List<long>();
        bodyLength = 0;
        foreach (OutgoingArray column in columns)
        {
            nodes.AddRange(column.Length, column.NullCount);
            foreach (OutgoingBuffer buffer in column.Buffers)
            {
                buffers.AddRange(bodyLength, buffer.Length);
                bodyLength += Padded(buffer.Length);
            }
        }

        return new FlatNode(FlatNumber.Int64(rowCount), new FlatStructs(nodes, 2), new FlatStructs(buffers, 2));
    }

    /// <summary>The place of the message: where it begins, and the sizes of its metadata and its body.</summary>
    private long[] WriteMessage(MessageKind kind, FlatNode header, long bodyLength)
    {
        const int Prefix = 8;
        byte[] message = FlatWriter.Write(new FlatNode(FlatNumber.Int16(Version5), FlatNumber.Byte((int)kind), header, FlatNumber.Int64(bodyLength)));
        long start = _position;
        int size = (int)(Padded(start + Prefix + message.Length) - start - Prefix);
        Write([0xFF, 0xFF, 0xFF, 0xFF, .. BitConverter.GetBytes(size)]);
        Write(message);
        Write(Zeros.AsSpan(0, size - message.Length));
        return [start, Prefix + size, bodyLength];
    }

    private void WriteBody(IReadOnlyList<OutgoingArray> columns)
    {
        foreach (OutgoingArray column in columns)
            foreach (OutgoingBuffer buffer in column.Buffers)
            {
                buffer.Write(_stream);
                _position += buffer.Length;
                Write(Zeros.AsSpan(0, (int)(Padded(buffer.Length) - buffer.Length)));
            }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _position += bytes.Length;
    }

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;
}

/// <summary>The kinds of message, numbered as in the schema of messages.</summary>
internal enum MessageKind
{
    Schema = 1,
    Dictionary,
    Batch,
}
