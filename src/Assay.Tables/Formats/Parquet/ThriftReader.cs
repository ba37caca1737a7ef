namespace Assay.Tables.Parquet;

/// <summary>Reads structures in Thrift's compact protocol.</summary>
internal static class ThriftReader
{
    private const int DeepestNesting = 32;

    public static ThriftStruct Struct(ref ByteReader reader, int depth = 0)
    {
        if (depth > DeepestNesting) throw reader.Fault("structures are nested too deep");
        var result = new ThriftStruct(reader.Offset);
        int id = 0;
        while (true)
        {
            byte header = reader.Byte();
            if (header == 0) return result;
            id = header >> 4 == 0 ? (int)reader.Zigzag() : id + (header >> 4);
            var type = (ThriftType)(header & 15);
            result.Add(id, type is ThriftType.True or ThriftType.False ? type == ThriftType.True : Value(ref reader, type, depth));
        }
    }

    private static object Value(ref ByteReader reader, ThriftType type, int depth) => type switch
    {
        ThriftType.True or ThriftType.False => reader.Byte() == 1,
        ThriftType.Int8 => (long)(sbyte)reader.Byte(),
        ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64 => reader.Zigzag(),
        ThriftType.Double => BitConverter.Int64BitsToDouble(reader.Int64()),
        ThriftType.Binary => reader.Take((long)Math.Min(reader.Varint(), long.MaxValue)).ToArray(),
        ThriftType.List or ThriftType.Set => List(ref reader, depth),
        ThriftType.Map => Map(ref reader, depth),
        ThriftType.Struct => Struct(ref reader, depth + 1),
        _ => throw reader.Fault($"{(int)type} is no type of a field"),
    };

    private static List<object> List(ref ByteReader reader, int depth)
    {
        if (depth > DeepestNesting) throw reader.Fault("lists are nested too deep");
        byte header = reader.Byte();
        int count = reader.Count(header >> 4 == 15 ? (long)Math.Min(reader.Varint(), long.MaxValue / 2) : header >> 4);
        var items = new List<object>(count);
        for (int i = 0; i < count; i++) items.Add(Value(ref reader, (ThriftType)(header & 15), depth + 1));
        return items;
    }

    private static List<object> Map(ref ByteReader reader, int depth)
    {
        if (depth > DeepestNesting) throw reader.Fault("maps are nested too deep");
        int count = reader.Count((long)Math.Min(reader.Varint(), long.MaxValue / 2));
        var items = new List<object>(count);
        if (count == 0) return items;
        byte types = reader.Byte();
        for (int i = 0; i < count; i++)
        {
            items.Add(Value(ref reader, (ThriftType)(types >> 4), depth + 1));
            items.Add(Value(ref reader, (ThriftType)(types & 15), depth + 1));
        }

        return items;
    }
}
