namespace Assay.Tables.Tests.Properties;

public class RoundTripTests
{
    /// <summary>The text formats; a column without any value, or text that could be JSON, cannot keep its type there.</summary>
    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Tsv)]
    [InlineData(TableFormat.Json)]
    [InlineData(TableFormat.NdJson)]
    public void What_is_written_is_read_back(TableFormat format)
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Table table = Anchored(RandomTables.Create(seed));
            using var stream = new MemoryStream();
            table.Write(stream, format);
            stream.Position = 0;

            TableAssert.Equal(table, Table.Read(stream, format));
        }
    }

    [Fact]
    public void A_large_table_crosses_the_buffers_of_the_writer()
    {
        Table table = Anchored(RandomTables.Create(1, rows: 20_000))
            .With("long", row => new string('ü', row.Index % 5 == 0 ? 30_000 : 1))
            .Head(3000);
        using var stream = new MemoryStream();
        table.Write(stream, TableFormat.Csv);
        stream.Position = 0;
        TableAssert.Equal(table, Table.Read(stream, TableFormat.Csv));
    }

    /// <summary>A first row that shows every type.</summary>
    private static Table Anchored(Table table) => Table.Concat(
        Table.FromColumns(
            Column.Of("flag", [true]), Column.Of("int", [1]), Column.Of("double", [0.5]), Column.Of("text", ["anchor"]),
            Column.Of("time", [DateTimeOffset.UnixEpoch]),
            Column.Of("span", [TimeSpan.FromSeconds(1)]), Column.OfJson("json", ["[]"]), Column.Of("label, \"odd\"", ["anchor"])),
        table);
}
