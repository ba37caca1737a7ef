namespace Assay.Tables.Tests.Formats;

public class ArrowTests
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(64)]
    [InlineData(7)]
    [InlineData(1)]
    public void What_is_written_is_read_back(int batchSize)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Table table = RandomTables.Create(seed, rows: seed % 4 == 0 ? 200 : null, nulls: seed % 3 * 0.4);
            foreach (ITableWriter writer in (ITableWriter[])[TableFormats.Ipc(new() { BatchSize = batchSize }), TableFormats.IpcStream(new() { BatchSize = batchSize })])
            {
                using var stream = new MemoryStream();
                writer.Write(table, stream);
                stream.Position = 0;

                TableAssert.Equal(table, Table.Read(stream, writer.GetType() == TableFormat.Ipc.Writer().GetType() && stream.GetBuffer()[0] == 'A' ? TableFormat.Ipc : TableFormat.IpcStream));
            }
        }
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(64)]
    [InlineData(7)]
    public void A_mapped_file_shows_what_was_written(int batchSize)
    {
        using var folder = new TempFolder();
        for (int seed = 0; seed < 40; seed++)
        {
            Table table = RandomTables.Create(seed, rows: seed % 4 == 0 ? 200 : null, nulls: seed % 3 * 0.4);
            string path = folder.File($"{seed}.arrow");
            table.Save(path, TableFormats.Ipc(new() { BatchSize = batchSize }));
            using MappedTable mapped = Table.Map(path);

            TableAssert.Equal(table, mapped.Table);
        }
    }
}
