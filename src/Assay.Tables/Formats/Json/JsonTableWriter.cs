namespace Assay.Tables;

/// <summary>An object for each row, on a line of its own; for JSON in an array.</summary>
internal sealed class JsonTableWriter(bool isArray) : ITableWriter
{
    private const int BlockRows = 4096;

    public void Write(Table table, Stream stream)
    {
        var rows = new JsonRowWriter(table);
        if (isArray) stream.Write("["u8);
        RowBlocks.Write(stream, table.RowCount, BlockRows, (output, from, to) =>
        {
            int row = from;
            for (; row < to && output.Length < RowBlocks.LargeBlock; row++)
            {
                if (isArray) output.Write(row == 0 ? "\n"u8 : ",\n"u8);
                rows.Write(output, row);
                if (!isArray) output.Write((byte)'\n');
            }

            return row;
        });
        if (isArray) stream.Write(table.RowCount == 0 ? "]\n"u8 : "\n]\n"u8);
    }
}
