using System.Security.Cryptography;

namespace Assay.Tables.Avro;

/// <summary>
/// Writes Avro object container files: a record with a field for each column, all of them unions with null. Avro's own durations count
/// months and have no sign, so ours are whole numbers, marked as durations beside their type; so are
/// timestamps that no unit of the format holds without loss.
/// </summary>
internal sealed class AvroWriter(AvroOptions options) : ITableWriter
{
    private readonly int _blockSize = options.BlockSize > 0
        ? options.BlockSize
        : throw new ArgumentOutOfRangeException(nameof(options), options.BlockSize, "A block has at least 1 row.");

    private readonly AvroCodec _codec = options.Compression switch
    {
        AvroCompression.None => AvroCodec.None,
        AvroCompression.Deflate => AvroCodec.Deflate,
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Compression, "This is no compression of Avro."),
    };

    public static ReadOnlySpan<byte> Magic => "Obj\u0001"u8;

    public void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        var units = new long[table.Columns.Count];
        var cells = new AvroCell[table.Columns.Count];
        for (int i = 0; i < cells.Length; i++) cells[i] = AvroCell.Of(table.Columns[i], out units[i]);

        // The format allows a file without blocks, and blocks packed out of nothing; not every reader knows either.
        AvroCodec codec = table.RowCount == 0 ? AvroCodec.None : _codec;
        byte[] header = Header(codec, AvroSchemaWriter.Write(table.Columns, units), out byte[] marker);
        stream.Write(header);
        if (table.RowCount == 0)
        {
            var block = new ByteWriter();
            Encode(block, codec, cells, 0, 0, marker);
            stream.Write(block.Written);
        }

        RowBlocks.Write(stream, table.RowCount, _blockSize, (block, from, to) => Encode(block, codec, cells, from, to, marker));
    }

    private static byte[] Header(AvroCodec codec, byte[] schema, out byte[] marker)
    {
        var header = new ByteWriter();
        header.Bytes(Magic);
        header.Zigzag(2);
        Entry(header, "avro.codec", System.Text.Encoding.ASCII.GetBytes(codec.Name));
        Entry(header, "avro.schema", schema);
        header.Zigzag(0);
        // Readers find blocks by a marker that content is unlikely to hold. A hash does as well as chance, and one table gives one file.
        marker = SHA256.HashData(header.Written)[..16];
        header.Bytes(marker);
        return header.ToArray();
    }

    private static void Entry(ByteWriter header, string key, ReadOnlySpan<byte> value)
    {
        header.Zigzag(key.Length);
        header.Utf8(key);
        header.Zigzag(value.Length);
        header.Bytes(value);
    }

    private static int Encode(ByteWriter block, AvroCodec codec, AvroCell[] cells, int from, int to, byte[] marker)
    {
        var rows = new ByteWriter(1 << 16);
        int row = from;
        for (; row < to && rows.Length < RowBlocks.LargeBlock; row++)
            foreach (AvroCell cell in cells) cell.Write(rows, row);
        ReadOnlySpan<byte> packed = codec.Pack(rows.Written);
        block.Zigzag(row - from);
        block.Zigzag(packed.Length);
        block.Bytes(packed);
        block.Bytes(marker);
        return row;
    }
}
