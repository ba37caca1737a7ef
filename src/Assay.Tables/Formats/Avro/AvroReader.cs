using System.Text;

namespace Assay.Tables.Avro;

/// <summary>
/// Reads Avro object container files in the codecs null, deflate and snappy. The fields of the outermost record are the columns (a file of
/// anything else has the one column <c>value</c>); nested values become JSON, unions of several types the type that holds them all.
/// </summary>
internal sealed class AvroReader : ITableReader
{
    private const int MarkerSize = 16;

    public Table Read(Stream stream)
    {
        byte[] content = Content.ReadAll(stream);
        var reader = new ByteReader(content);
        if (!content.AsSpan().StartsWith(AvroWriter.Magic))
            throw new TableException($"The file does not begin with Obj and a byte 1 ({content.Length} bytes), so it is no Avro file.") { ByteOffset = 0 };
        reader.Take(AvroWriter.Magic.Length);
        AvroCodec codec = Header(ref reader, out AvroColumn[] columns);
        ReadOnlySpan<byte> marker = reader.Take(MarkerSize);
        using var decoder = new AvroDecoder();
        long rowCount = 0;
        while (!reader.AtEnd) rowCount += Block(ref reader, codec, columns, decoder, marker, int.MaxValue - rowCount);
        return new Table(Array.ConvertAll(columns, column => column.Build()), (int)rowCount);
    }

    private static AvroCodec Header(ref ByteReader reader, out AvroColumn[] columns)
    {
        AvroType? schema = null;
        AvroCodec codec = AvroCodec.None;
        for (long count; (count = reader.Zigzag()) != 0;)
        {
            if (count < 0) reader.Zigzag();
            for (int left = reader.Count(count == long.MinValue ? long.MaxValue : Math.Abs(count)); left > 0; left--)
            {
                string key = Encoding.UTF8.GetString(reader.Take(reader.Zigzag()));
                long size = reader.Zigzag(), offset = reader.Offset;
                ReadOnlySpan<byte> value = reader.Take(size);
                if (key == "avro.schema") schema = new AvroSchemaReader(offset).Read(value.ToArray());
                if (key == "avro.codec") codec = AvroCodec.Of(Encoding.UTF8.GetString(value), offset);
            }
        }

        columns = Columns(schema ?? throw reader.Fault("the header has no avro.schema"));
        return codec;
    }

    private static AvroColumn[] Columns(AvroType schema)
    {
        if (schema.Kind != AvroKind.Record) return [new AvroColumn("value", schema, assayType: null)];
        var names = new UniqueNames();
        return [.. schema.Fields.Select((field, i) => new AvroColumn(field.AssayName is { } own ? names.Add(own) : names.Add(field.Name, i), field.Type, field.AssayType))];
    }

    private static long Block(ref ByteReader reader, AvroCodec codec, AvroColumn[] columns, AvroDecoder decoder, ReadOnlySpan<byte> marker, long room)
    {
        long start = reader.Offset, count = reader.Zigzag();
        if (count < 0 || count > room) throw reader.Fault($"a block announces {count} rows where {room} are left");
        ReadOnlySpan<byte> packed = reader.Take(reader.Zigzag());
        long origin = reader.Offset - packed.Length;
        if (!reader.Take(MarkerSize).SequenceEqual(marker)) throw reader.Fault("a block does not end with the marker of the file");
        try
        {
            Rows(codec.Unpack(packed, origin), codec == AvroCodec.None ? origin : 0, columns, decoder, count);
        }
        catch (TableException fault) when (codec != AvroCodec.None)
        {
            // Positions inside of packed content mean nothing in the file.
            throw new TableException($"Block at byte {start}, unpacked: {fault.Message}", fault) { ByteOffset = start };
        }

        return count;
    }

    private static void Rows(ReadOnlySpan<byte> block, long origin, AvroColumn[] columns, AvroDecoder decoder, long count)
    {
        var reader = new ByteReader(block, origin);
        decoder.Expect(block.Length);
        for (long row = 0; row < count && columns.Length > 0; row++)
            foreach (AvroColumn column in columns) decoder.Read(ref reader, column);
        if (!reader.AtEnd) throw reader.Fault($"{reader.Remaining} bytes are left behind the last row of a block");
    }
}
