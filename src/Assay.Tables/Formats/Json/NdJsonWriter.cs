namespace Assay.Tables;

/// <summary>An object for each row, on a line of its own.</summary>
internal sealed class NdJsonWriter : ITableWriter
{
    private const int BlockRows = 4096;

    public void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        var rows = new JsonRowWriter(table);
        RowBlocks.Write(stream, table.RowCount, BlockRows, (output, from, to) =>
        {
            int row = from;
            for (; row < to && output.Length < RowBlocks.LargeBlock; row++)
            {
                rows.Write(output, row);
                output.Write((byte)'\n');
            }

            return row;
        });
    }
}
