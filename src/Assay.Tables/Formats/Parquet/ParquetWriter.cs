using System.Text.Json;

namespace Assay.Tables.Parquet;

/// <summary>
/// Writes Parquet files. All columns are optional. Parquet has no durations: they are whole numbers of micro- or nanoseconds, and the key
/// <c>assay.types</c> of the metadata says which columns are ones.
/// </summary>
internal sealed class ParquetWriter(ParquetOptions options) : ITableWriter
{
    public const string TypesKey = "assay.types";

    private readonly Codec _codec = Compression.CodecOf(options.Compression);
    private readonly int _rowGroupSize = options.RowGroupSize > 0
        ? options.RowGroupSize
        : throw new ArgumentOutOfRangeException(nameof(options), options.RowGroupSize, "A row group has at least 1 row.");

    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    public void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        WrittenColumn[] columns = table.Columns.Select(WrittenColumn.Of).ToArray();
        var groups = new List<RowGroup>();
        stream.Write(Magic);
        long offset = Magic.Length;
        for (int from = 0; from < table.RowCount; from += _rowGroupSize)
        {
            int to = (int)Math.Min(table.RowCount, (long)from + _rowGroupSize);
            var chunks = new ChunkWriter[columns.Length];
            int start = from;
            Parallel.For(0, columns.Length, i => chunks[i] = new ChunkWriter(columns[i], _codec, start, to).Encode());
            groups.Add(new RowGroup(chunks, to - from, offset));
            foreach (ChunkWriter chunk in chunks)
            {
                stream.Write(chunk.Bytes);
                offset += chunk.Bytes.Length;
            }
        }

        stream.Write(Footer(columns, groups, table.RowCount));
    }

    private static ReadOnlySpan<byte> Footer(WrittenColumn[] columns, List<RowGroup> groups, long rowCount)
    {
        var footer = new ByteWriter();
        var thrift = new ThriftWriter(footer);
        thrift.Struct(() =>
        {
            thrift.Field(1, 2);
            thrift.List(2, ThriftType.Struct, [null, .. columns], column => WriteSchema(thrift, column, columns.Length));
            thrift.Field(3, rowCount);
            thrift.List(4, ThriftType.Struct, groups, group => group.Write(thrift));
            thrift.List(5, ThriftType.Struct, [KeyValuePair.Create(TypesKey, Types(columns))], pair => thrift.Struct(() =>
            {
                thrift.Field(1, pair.Key);
                thrift.Field(2, pair.Value);
            }));
            thrift.Field(6, "assay version 0.1.0");
            // Without an order per column readers must ignore the statistics.
            thrift.List(7, ThriftType.Struct, columns, _ => thrift.Struct(() => thrift.Struct(1, () => { })));
        });
        footer.Int32(footer.Length);
        footer.Bytes(Magic);
        return footer.Written;
    }

    private static void WriteSchema(ThriftWriter thrift, WrittenColumn? column, int count)
    {
        if (column is not null) column.WriteSchema(thrift);
        else thrift.Struct(() =>
        {
            thrift.Field(4, "schema");
            thrift.Field(5, count);
        });
    }

    private static string Types(WrittenColumn[] columns) => JsonSerializer.Serialize(columns
        .Where(column => column.Type == ColumnType.Duration)
        .ToDictionary(column => column.Name, column => column.IsNanoseconds ? "duration[ns]" : "duration[us]"));

    private sealed record RowGroup(ChunkWriter[] Chunks, int RowCount, long Offset)
    {
        public void Write(ThriftWriter thrift) => thrift.Struct(() =>
        {
            long offset = Offset;
            thrift.List(1, ThriftType.Struct, Chunks, chunk =>
            {
                chunk.WriteMetadata(thrift, offset);
                offset += chunk.Bytes.Length;
            });
            thrift.Field(2, Chunks.Sum(chunk => (long)chunk.UncompressedSize));
            thrift.Field(3, (long)RowCount);
            thrift.Field(5, Offset);
            thrift.Field(6, Chunks.Sum(chunk => (long)chunk.Bytes.Length));
        });
    }
}
