namespace Assay.Tables;

/// <summary>Comma- or tab-separated values with a header line, quoted as RFC 4180 says.</summary>
internal sealed class DelimitedWriter(char delimiter) : ITableWriter
{
    public void Write(Table table, Stream stream)
    {
        var output = new Utf8Output(stream);
        var text = new DelimitedText(delimiter);
        for (int i = 0; i < table.Columns.Count; i++)
        {
            if (i > 0) output.Write((byte)delimiter);
            text.WriteName(output, table.Columns[i].Name);
        }

        if (table.Columns.Count > 0) output.Write((byte)'\n');
        CellWriter[] cells = table.Columns.Select(column => Cells(column, text)).ToArray();
        for (int row = 0; row < table.RowCount && cells.Length > 0; row++)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                if (i > 0) output.Write((byte)delimiter);
                cells[i].Write(output, row);
            }

            output.Write((byte)'\n');
        }

        output.Flush();
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
