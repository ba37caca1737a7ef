using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Assay.Avro;
using Assay.Tables;
using Avro.IO;

namespace Assay;

/// <summary>
/// Writes a table as an Avro object container file (<c>.avro</c>): a record with a field for each column, all of them unions with null.
/// Avro's own durations count months and have no sign, so durations are whole numbers with a note beside their type; so are timestamps that
/// no unit of the format holds without loss. Holds no state between calls, so one instance serves several threads.
/// </summary>
/// <remarks>
/// The format is found by its extension wherever the assembly of this class is referred to, so <c>table.Save("runs.avro")</c> needs no
/// call. The class is for options and streams.
/// </remarks>
public sealed class AvroWriter : ITableWriter
{
    // Rows of very long texts end a block before it has all its rows.
    private const int LargeBlock = 8 << 20;

    private readonly int _blockSize;
    private readonly bool _deflates;

    /// <summary>Creates a writer with the default options.</summary>
    public AvroWriter() : this(new AvroOptions()) { }

    /// <summary>Creates a writer with options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public AvroWriter(AvroOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockSize, 1);
        if (!Enum.IsDefined(options.Compression))
            throw new ArgumentOutOfRangeException(nameof(options), options.Compression, "This is no compression of Avro.");
        (_blockSize, _deflates) = (options.BlockSize, options.Compression == AvroCompression.Deflate);
    }

    /// <inheritdoc/>
    public void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        var units = new long[table.Columns.Count];
        var cells = new Action<BinaryEncoder, int>[table.Columns.Count];
        for (int i = 0; i < cells.Length; i++) cells[i] = Cell(table.Columns[i], out units[i]);

        // The format allows a file without blocks, and blocks packed out of nothing; not every reader knows either.
        bool deflates = _deflates && table.RowCount > 0;
        byte[] marker = WriteHeader(stream, deflates, AvroSchemaText.Of(table.Columns, units));
        int row = 0;
        do
        {
            using var block = new MemoryStream();
            var encoder = new BinaryEncoder(block);
            int start = row;
            for (; row < table.RowCount && row - start < _blockSize && block.Length < LargeBlock; row++)
                foreach (Action<BinaryEncoder, int> cell in cells) cell(encoder, row);
            WriteBlock(stream, row - start, deflates ? Deflate(block) : block, marker);
        }
        while (row < table.RowCount);
    }

    private static byte[] WriteHeader(Stream stream, bool deflates, string schema)
    {
        using var header = new MemoryStream();
        var encoder = new BinaryEncoder(header);
        encoder.WriteFixed(AvroContainer.Magic);
        encoder.WriteLong(2);
        encoder.WriteString(AvroContainer.CodecKey);
        encoder.WriteString(deflates ? "deflate" : "null");
        encoder.WriteString(AvroContainer.SchemaKey);
        encoder.WriteBytes(Encoding.UTF8.GetBytes(schema));
        encoder.WriteLong(0);
        // Readers find blocks by a marker that content is unlikely to hold. A hash does as well as chance, and one table gives one file.
        byte[] marker = SHA256.HashData(header.ToArray())[..AvroContainer.MarkerSize];
        encoder.WriteFixed(marker);
        header.WriteTo(stream);
        return marker;
    }

    private static void WriteBlock(Stream stream, int rows, MemoryStream content, byte[] marker)
    {
        using var start = new MemoryStream();
        var encoder = new BinaryEncoder(start);
        encoder.WriteLong(rows);
        encoder.WriteLong(content.Length);
        start.WriteTo(stream);
        content.WriteTo(stream);
        stream.Write(marker);
    }

    private static MemoryStream Deflate(MemoryStream block)
    {
        var packed = new MemoryStream();
        using (var packer = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) block.WriteTo(packer);
        return packed;
    }

    private static Action<BinaryEncoder, int> Cell(Column column, out long unitsPerSecond)
    {
        unitsPerSecond = 0;
        Action<BinaryEncoder, int> write;
        switch (column.Type)
        {
            case ColumnType.Boolean: write = (encoder, row) => encoder.WriteBoolean(column.AsBooleans()[row]); break;
            case ColumnType.Int64: write = (encoder, row) => encoder.WriteLong(column.AsInt64s()[row]); break;
            case ColumnType.Double: write = (encoder, row) => encoder.WriteDouble(column.AsDoubles()[row]); break;
            case ColumnType.Timestamp or ColumnType.Duration:
                long[] times = TimeUnits.Ticks(column);
                unitsPerSecond = TimeUnits.Scale(times);
                write = (encoder, row) => encoder.WriteLong(times[row]);
                break;
            default: write = (encoder, row) => encoder.WriteBytes(Encoding.UTF8.GetBytes(column.AsStrings()[row]!)); break;
        }

        return (encoder, row) =>
        {
            bool isNull = column.IsNull(row);
            encoder.WriteUnionIndex(isNull ? 0 : 1);
            if (!isNull) write(encoder, row);
        };
    }
}
