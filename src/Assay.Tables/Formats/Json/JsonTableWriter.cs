namespace Assay.Tables;

/// <summary>An array with an object for each row, a row on each line.</summary>
internal sealed class JsonTableWriter : ITableWriter
{
    public void Write(Table table, Stream stream)
    {
        var output = new Utf8Output(stream);
        var rows = new JsonRowWriter(table);
        output.Write((byte)'[');
        for (int row = 0; row < table.RowCount; row++)
        {
            output.Write(row == 0 ? "\n"u8 : ",\n"u8);
            rows.Write(output, row);
        }

        output.Write(table.RowCount == 0 ? "]\n"u8 : "\n]\n"u8);
        output.Flush();
    }
}
