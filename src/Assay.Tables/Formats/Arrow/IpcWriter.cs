namespace Assay.Tables.Arrow;

/// <summary>Writes Arrow files and streams, batch by batch and without copying numbers.</summary>
internal sealed class IpcWriter(ArrowOptions options, bool isFile) : ITableWriter
{
    private static readonly Dictionary<string, string> Metadata = new() { ["assay"] = "0.1.0" };

    private readonly int _batchSize = options.BatchSize > 0
        ? options.BatchSize
        : throw new ArgumentOutOfRangeException(nameof(options), options.BatchSize, "A batch has at least 1 row.");

    public void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        OutgoingColumn[] columns = [.. table.Columns.Select((column, i) => OutgoingColumn.Of(column, i, _batchSize))];
        var writer = new ArrowWriter(stream, new ArrowSchema([.. columns.Select(column => column.Field)], Metadata), isFile);
        foreach (OutgoingColumn column in columns)
            if (column.Dictionary is { } entries) writer.WriteDictionary(column.Field.Dictionary!.Id, entries);
        // A table without rows has a batch too: some readers look there for its columns.
        int from = 0;
        do
        {
            int count = Math.Min(_batchSize, table.RowCount - from), start = from;
            writer.WriteBatch(count, Array.ConvertAll(columns, column => column.Batch(start, count)));
            from += count;
        }
        while (from < table.RowCount);
        writer.Finish();
    }
}
