namespace Assay.Tables.Arrow;

/// <summary>Takes the arrays of one batch from the body of its message: a node for each field, parents first, and the buffers of each node.</summary>
internal sealed class BatchReader
{
    private readonly ArrowSource _source;
    private readonly ArrowDictionaries _dictionaries;
    private readonly long _bodyOffset;
    private readonly FlatTable _header;
    private readonly FlatVector _nodes;
    private readonly FlatVector _buffers;
    private readonly FlatVector _viewBuffers;
    private readonly BodyCodec _codec;
    private int _node;
    private int _buffer;
    private int _views;

    /// <param name="source">The file.</param>
    /// <param name="message">The message whose body is read.</param>
    /// <param name="header">The batch in the message, which in a dictionary lies one level deeper.</param>
    /// <param name="dictionaries">What has been read of dictionaries so far.</param>
    public BatchReader(ArrowSource source, ArrowMessage message, FlatTable header, ArrowDictionaries dictionaries)
    {
        _source = source;
        _dictionaries = dictionaries;
        _bodyOffset = message.BodyOffset;
        _header = header;
        _nodes = header.Vector(1, 16);
        _buffers = header.Vector(2, 16);
        _codec = header.Has(3) ? BodyCodec.Of(header.Table(3)) : BodyCodec.None;
        _viewBuffers = header.Vector(4, 8);
        RowCount = header.Int64(0);
        if (RowCount < 0) throw header.Fault($"a batch has {RowCount} rows");
        CheckBuffers(message.BodyLength);
    }

    public long RowCount { get; }

    public ArrowArray[] Read(IReadOnlyList<ArrowField> fields, bool haveRows = true)
    {
        var arrays = new ArrowArray[fields.Count];
        for (int i = 0; i < arrays.Length; i++) arrays[i] = Read(fields[i], haveRows ? RowCount : null);
        return arrays;
    }

    private ArrowArray Read(ArrowField field, long? expected)
    {
        if (_node == _nodes.Count) throw _header.Fault($"a batch has {_node} nodes, too few for its fields");
        long length = _nodes.Word(_node++, 0);
        if (length is < 0 or > int.MaxValue || (expected is { } rows && length != rows))
            throw _header.Fault($"field '{field.Name}' has {length} values{(expected is { } count ? $", not {count}" : "")}; at most {int.MaxValue} are supported");

        ArrowType type = field.Dictionary?.Index ?? field.Type;
        var buffers = new ArrowBuffer[ArrowLayout.BufferCount(type) + (ArrowLayout.IsView(type) ? ViewBufferCount() : 0)];
        for (int i = 0; i < buffers.Length; i++) buffers[i] = Buffer();
        ArrowLayout.Check(_source, field, type, (int)length, buffers);
        if (field.Dictionary is { } encoding)
            return new ArrowArray(field, (int)length, buffers) { Dictionary = _dictionaries.Get(encoding.Id) };

        ArrowArray[] children = Read(field.Children, haveRows: false);
        ArrowLayout.CheckChildren(_source, field, (int)length, children);
        return new ArrowArray(field, (int)length, buffers) { Children = children };
    }

    private ArrowBuffer Buffer()
    {
        if (_buffer == _buffers.Count) throw _header.Fault($"a batch has {_buffer} buffers, too few for its fields");
        long offset = _bodyOffset + _buffers.Word(_buffer, 0), length = _buffers.Word(_buffer, 1);
        _buffer++;
        return _codec.Unpack(new ArrowBuffer(_source.Take(offset, length), offset));
    }

    private int ViewBufferCount()
    {
        if (_views == _viewBuffers.Count) throw _header.Fault("a batch does not say how many buffers its views have");
        long count = _viewBuffers.Word(_views++, 0);
        return count >= 0 && count <= _buffers.Count - _buffer ? (int)count : throw _header.Fault($"a field of views has {count} buffers, but {_buffers.Count - _buffer} are left");
    }

    /// <summary>Buffers that lie over each other could make a small file a large table.</summary>
    private void CheckBuffers(long bodyLength)
    {
        long left = bodyLength;
        for (int i = 0; i < _buffers.Count; i++)
        {
            long offset = _buffers.Word(i, 0), length = _buffers.Word(i, 1);
            if (offset < 0 || length < 0 || offset > bodyLength - length) throw _header.Fault($"a buffer of {length} bytes at {offset} lies outside of its body of {bodyLength} bytes");
            left -= length;
            if (left < 0) throw _header.Fault($"the buffers of a batch have more bytes than its body, {bodyLength}");
        }
    }
}
