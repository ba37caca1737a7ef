using System.Text.Json;

namespace Assay.Tables.Parquet;

/// <summary>
/// Writes Parquet files. All columns are optional. Parquet has no durations: they are whole numbers, and the key <c>assay.types</c> of the
/// metadata says which columns are ones. So are timestamps that no unit of the format holds without loss.
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
        stream.Write(Magic);
        List<RowGroup> groups = WriteGroups(columns, table.RowCount, stream);
        stream.Write(Footer(columns, groups, table.RowCount));
    }

    /// <summary>Encodes the columns of a row group on all processors while the group before it is written; no more than these two are held.</summary>
    private List<RowGroup> WriteGroups(WrittenColumn[] columns, int rowCount, Stream stream)
    {
        var groups = new List<RowGroup>();
        ChunkWriter[] encoding = Writers(columns), finished = Writers(columns);
        bool isHeld = false;
        long offset = Magic.Length;
        for (int start = 0, end; start < rowCount || isHeld; start = end)
        {
            end = GroupEnd(columns, start, rowCount);
            var chunks = new ChunkMetadata[end > start ? columns.Length : 0];
            (ChunkWriter[] target, ChunkWriter[] source) = (encoding, isHeld ? finished : []);
            RowBlocks.Each(chunks.Length + 1, i =>
            {
                if (i > 0) chunks[i - 1] = target[i - 1].Encode(start, end);
                else
                    foreach (ChunkWriter chunk in source) stream.Write(chunk.Bytes);
            });
            isHeld = end > start;
            if (isHeld) groups.Add(new RowGroup(chunks, end - start, offset));
            offset += chunks.Sum(chunk => (long)chunk.Size);
            (encoding, finished) = (finished, encoding);
        }

        return groups;
    }

    private int GroupEnd(WrittenColumn[] columns, int start, int rowCount)
    {
        int end = (int)Math.Min(rowCount, start + (long)_rowGroupSize);
        foreach (WrittenColumn column in columns) end = column.Encoder.GroupEnd(start, end, options.RowGroupText);
        return end;
    }

    private ChunkWriter[] Writers(WrittenColumn[] columns) => Array.ConvertAll(columns, column => new ChunkWriter(column, _codec));

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
        .Where(column => column.NeedsNote)
        .ToDictionary(column => column.Name, column => TimeUnits.NoteOf(column.Type, column.UnitsPerSecond)));

    private sealed record RowGroup(ChunkMetadata[] Chunks, int RowCount, long Offset)
    {
        public void Write(ThriftWriter thrift) => thrift.Struct(() =>
        {
            long offset = Offset;
            thrift.List(1, ThriftType.Struct, Chunks, chunk =>
            {
                chunk.Write(thrift, offset);
                offset += chunk.Size;
            });
            thrift.Field(2, Chunks.Sum(chunk => (long)chunk.UncompressedSize));
            thrift.Field(3, (long)RowCount);
            thrift.Field(5, Offset);
            thrift.Field(6, Chunks.Sum(chunk => (long)chunk.Size));
        });
    }
}
