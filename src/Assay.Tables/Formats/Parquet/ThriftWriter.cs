namespace Assay.Tables.Parquet;

/// <summary>Structures in Thrift's compact protocol, in which Parquet keeps its metadata. Fields must be written in ascending order.</summary>
internal sealed class ThriftWriter(ByteWriter output)
{
    private readonly Stack<int> _outer = [];
    private int _last;

    public void Field(int id, long value)
    {
        Header(id, ThriftType.Int64);
        output.Zigzag(value);
    }

    public void Field(int id, int value)
    {
        Header(id, ThriftType.Int32);
        output.Zigzag(value);
    }

    public void Field(int id, bool value) => Header(id, value ? ThriftType.True : ThriftType.False);

    public void Field(int id, string value)
    {
        Header(id, ThriftType.Binary);
        Text(value);
    }

    public void Field(int id, ReadOnlySpan<byte> value)
    {
        Header(id, ThriftType.Binary);
        output.Varint((ulong)value.Length);
        output.Bytes(value);
    }

    public void Struct(int id, Action write)
    {
        Header(id, ThriftType.Struct);
        Struct(write);
    }

    /// <summary>A structure that is no field: an element of a list, or the outermost one.</summary>
    public void Struct(Action write)
    {
        _outer.Push(_last);
        _last = 0;
        write();
        output.Byte(0);
        _last = _outer.Pop();
    }

    public void List<T>(int id, ThriftType type, IReadOnlyCollection<T> items, Action<T> write)
    {
        Header(id, ThriftType.List);
        if (items.Count < 15) output.Byte((byte)(items.Count << 4 | (int)type));
        else
        {
            output.Byte((byte)(0xF0 | (int)type));
            output.Varint((ulong)items.Count);
        }

        foreach (T item in items) write(item);
    }

    /// <summary>An element of a list of numbers.</summary>
    public void Number(int value) => output.Zigzag(value);

    /// <summary>An element of a list of texts.</summary>
    public void Text(string value)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(value);
        output.Varint((ulong)bytes.Length);
        output.Bytes(bytes);
    }

    private void Header(int id, ThriftType type)
    {
        int delta = id - _last;
        if (delta is > 0 and < 16) output.Byte((byte)(delta << 4 | (int)type));
        else
        {
            output.Byte((byte)type);
            output.Zigzag(id);
        }

        _last = id;
    }
}
