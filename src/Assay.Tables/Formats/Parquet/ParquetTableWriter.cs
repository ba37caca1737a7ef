using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace Assay.Tables;

/// <summary>
/// Writes Parquet files. All columns are optional. Parquet has no durations: they are whole numbers, and the key <c>assay.types</c> of the
/// metadata names such columns. So are timestamps that no unit of the format holds without loss.
/// </summary>
internal sealed class ParquetTableWriter(ParquetOptions options) : ITableWriter
{
    public const string TypesKey = "assay.types";

    private readonly CompressionMethod _compression = Method(options.Compression);
    private readonly int _rowGroupSize = options.RowGroupSize > 0
        ? options.RowGroupSize
        : throw new ArgumentOutOfRangeException(nameof(options), options.RowGroupSize, "A row group has at least 1 row.");

    public void Write(Table table, Stream stream)
    {
        if (table.Columns.Count == 0)
            throw new TableException("The table has no columns, and a Parquet file has at least one; save it as json or ipc.");
        // Every write of this stream is synchronous, so the task has ended when it is returned.
        WriteAsync(table, new WriteOnlyStream(stream)).GetAwaiter().GetResult();
    }

    private async Task WriteAsync(Table table, WriteOnlyStream stream)
    {
        ParquetColumnWriter[] columns = [.. table.Columns.Select(column => new ParquetColumnWriter(column))];
        global::Parquet.ParquetOptions library = LibraryOptions(columns);
        var schema = new ParquetSchema(columns.Select(column => column.Field()));
        await using ParquetWriter file = await ParquetWriter.CreateAsync(schema, stream, library);
        file.CustomMetadata = new Dictionary<string, string> { [TypesKey] = Types(columns) };
        int start = 0;
        do
        {
            int from = start, count = GroupEnd(columns, start, table.RowCount) - start;
            // The library writes to one place of one stream, so each column is written to memory and then copied.
            var chunks = new ParquetChunk[columns.Length];
            RowBlocks.Each(chunks.Length, i => chunks[i] = columns[i].Encode(library, from, count));
            using ParquetRowGroupWriter group = file.CreateRowGroup();
            for (int i = 0; i < chunks.Length; i++)
            {
                columns[i].Describe(ParquetFooter.Schema(group)[i]);
                ParquetFooter.RowGroup(group).Columns.Add(chunks[i].CopyTo(stream));
            }

            ParquetFooter.SetRowCount(group, count);
            start += count;
        }
        while (start < table.RowCount);
    }

    private static CompressionMethod Method(ParquetCompression compression) => compression switch
    {
        ParquetCompression.None => CompressionMethod.None,
        ParquetCompression.Gzip => CompressionMethod.Gzip,
        ParquetCompression.Brotli => CompressionMethod.Brotli,
        ParquetCompression.Snappy => CompressionMethod.Snappy,
        ParquetCompression.Zstd => CompressionMethod.Zstd,
        _ => throw new ArgumentOutOfRangeException(nameof(compression), compression, "This is no compression of Parquet."),
    };

    private global::Parquet.ParquetOptions LibraryOptions(ParquetColumnWriter[] columns)
    {
        var library = new global::Parquet.ParquetOptions
        {
            CompressionMethod = _compression,
            CompressionLevel = CompressionLevel.Fastest,
            DictionaryEncodingSampleSize = 4096,
        };
        foreach (ParquetColumnWriter column in columns.Where(column => column.IsText))
            library.ColumnEncodingHints[column.Name] = EncodingHint.Dictionary;
        return library;
    }

    private int GroupEnd(ParquetColumnWriter[] columns, int start, int rowCount)
    {
        int end = (int)Math.Min(rowCount, start + (long)_rowGroupSize);
        foreach (ParquetColumnWriter column in columns) end = column.GroupEnd(start, end, options.RowGroupText);
        return end;
    }

    private static string Types(ParquetColumnWriter[] columns) => JsonSerializer.Serialize(
        columns.Where(column => column.Note is not null).ToDictionary(column => column.Name, column => column.Note!),
        TableJsonContext.Default.DictionaryStringString);
}

/// <summary>The notes about columns as JSON, without reflection.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TableJsonContext : JsonSerializerContext;

/// <summary>
/// The parts of a file's footer that Parquet.Net keeps to itself while it writes. Its statistics would make readers leave out rows (NaN,
/// zeros of both signs, text beyond the basic plane), and it knows neither JSON nor times that are given as whole numbers.
/// </summary>
internal static class ParquetFooter
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_thschema")]
    public static extern ref SchemaElement[] Schema(ParquetRowGroupWriter writer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_owGroup")]
    public static extern ref RowGroup RowGroup(ParquetRowGroupWriter writer);

    /// <summary>The rows of a row group, which the library counts where it writes the columns itself.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_RowCount")]
    public static extern void SetRowCount(ParquetRowGroupWriter writer, long? count);
}
