namespace Assay.Tables;

/// <summary>An object for each row, on a line of its own.</summary>
internal sealed class NdJsonWriter : ITableWriter
{
    public void Write(Table table, Stream stream)
    {
        var output = new Utf8Output(stream);
        var rows = new JsonRowWriter(table);
        for (int row = 0; row < table.RowCount; row++)
        {
            rows.Write(output, row);
            output.Write((byte)'\n');
        }

        output.Flush();
    }
}
