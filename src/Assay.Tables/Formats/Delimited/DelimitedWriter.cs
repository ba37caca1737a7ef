namespace Assay.Tables;

/// <summary>Comma- or tab-separated values with a header line, quoted as RFC 4180 says.</summary>
internal sealed class DelimitedWriter(char delimiter) : ITableWriter
{
    private const int BlockRows = 4096;

    public void Write(Table table, Stream stream)
    {
        if (table.Columns.Count == 0) return;
        var text = new DelimitedText(delimiter);
        WriteHeader(table, stream, text);
        CellWriter[] cells = table.Columns.Select(column => Cells(column, text)).ToArray();
        RowBlocks.Write(stream, table.RowCount, BlockRows, (block, from, to) => WriteRows(block, cells, from, to));
    }

    private void WriteHeader(Table table, Stream stream, DelimitedText text)
    {
        var output = new Utf8Output();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            if (i > 0) output.Write((byte)delimiter);
            text.WriteName(output, table.Columns[i].Name);
        }

        output.Write((byte)'\n');
        stream.Write(output.Written);
    }

    private int WriteRows(Utf8Output output, CellWriter[] cells, int from, int to)
    {
        int row = from;
        for (; row < to && output.Length < RowBlocks.LargeBlock; row++)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                if (i > 0) output.Write((byte)delimiter);
                cells[i].Write(output, row);
            }

            output.Write((byte)'\n');
        }

        return row;
    }

    private static CellWriter Cells(Column column, DelimitedText text) => column.Type switch
    {
        ColumnType.Boolean => new CellWriter<bool>(column, Utf8Values.Write),
        ColumnType.Int64 => new CellWriter<long>(column, Utf8Values.Write),
        ColumnType.Double => new CellWriter<double>(column, Utf8Values.Write),
        ColumnType.Timestamp => new CellWriter<DateTimeOffset>(column, Utf8Values.Write),
        ColumnType.Duration => new CellWriter<TimeSpan>(column, Utf8Values.Write),
        ColumnType.Json => new CellWriter<string>(column, DelimitedText.WriteQuoted),
        _ => new CellWriter<string>(column, text.WriteText),
    };
}
