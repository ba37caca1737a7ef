namespace Assay.Tables;

/// <summary>An array with an object for each row, a row on each line.</summary>
internal sealed class JsonTableWriter : ITableWriter
{
    private const int BlockRows = 4096;

    public void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        var rows = new JsonRowWriter(table);
        stream.Write("["u8);
        RowBlocks.Write(stream, table.RowCount, BlockRows, (output, from, to) =>
        {
            int row = from;
            for (; row < to && output.Length < RowBlocks.LargeBlock; row++)
            {
                output.Write(row == 0 ? "\n"u8 : ",\n"u8);
                rows.Write(output, row);
            }

            return row;
        });
        stream.Write(table.RowCount == 0 ? "]\n"u8 : "\n]\n"u8);
    }
}
