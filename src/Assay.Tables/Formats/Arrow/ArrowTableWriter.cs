using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace Assay.Tables;

/// <summary>Writes Arrow files and streams, batch by batch.</summary>
internal sealed class ArrowTableWriter(ArrowOptions options, bool isFile) : ITableWriter
{
    // The library counts the bytes of a batch with 32 bits.
    private const long LargestBatch = 1 << 30;

    private static readonly Dictionary<string, string> Metadata = new() { ["assay"] = "0.1.0" };

    private readonly int _batchSize = options.BatchSize > 0
        ? options.BatchSize
        : throw new ArgumentOutOfRangeException(nameof(options), options.BatchSize, "A batch has at least 1 row.");

    public void Write(Table table, Stream stream)
    {
        ArrowColumnWriter[] columns = [.. table.Columns.Select(column => new ArrowColumnWriter(column))];
        var schema = new Schema(columns.Select(column => column.Field), Metadata);
        var target = new WriteOnlyStream(stream);
        using ArrowStreamWriter writer = isFile
            ? new ArrowFileWriter(target, schema, leaveOpen: true)
            : new ArrowStreamWriter(target, schema, leaveOpen: true);
        // A table without rows has a batch too: some readers look there for its columns.
        int start = 0;
        do
        {
            int count = (int)Math.Min(_batchSize, table.RowCount - start);
            foreach (ArrowColumnWriter column in columns) count = column.Fitting(start, count, LargestBatch / columns.Length);
            writer.WriteRecordBatch(new RecordBatch(schema, columns.Select(column => column.Batch(start, count)), count));
            start += count;
        }
        while (start < table.RowCount);
        writer.WriteEnd();
    }
}
