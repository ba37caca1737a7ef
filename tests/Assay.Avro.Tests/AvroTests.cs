using System.Text;

namespace Assay.Avro.Tests;

[Trait("Category", "Quick")]
public class AvroTests
{
    [Theory]
    [InlineData(AvroCompression.None, 8192)]
    [InlineData(AvroCompression.Deflate, 7)]
    [InlineData(AvroCompression.Deflate, 1)]
    public void What_is_written_is_read_back(AvroCompression compression, int blockSize)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Table table = RandomTables.Create(seed, nulls: seed % 3 * 0.4);
            TableAssert.Equal(table, AvroBytes.Read(Bytes(table, new() { Compression = compression, BlockSize = blockSize })));
        }
    }

    [Fact]
    public void Many_blocks_stay_in_order()
    {
        Table table = Table.FromColumns(
            Column.Of("i", Enumerable.Range(0, 100_000)), Column.Of("text", Enumerable.Range(0, 100_000).Select(i => $"row {i}")));
        TableAssert.Equal(table, AvroBytes.Read(Bytes(table, new() { BlockSize = 100 })));
    }

    [Fact]
    public void Empty_tables_keep_their_columns_and_types()
    {
        Table table = RandomTables.Create(1, rows: 0);
        TableAssert.Equal(table, AvroBytes.Read(Bytes(table)));
        TableAssert.Equal(Table.Empty, AvroBytes.Read(Bytes(Table.Empty)));
    }

    [Fact]
    public void The_format_is_found_by_its_extension_and_can_be_set()
    {
        Assert.IsType<AvroWriter>(TableFormats.FromPath("runs.avro").Writer());
        Assert.IsType<AvroReader>(TableFormat.Avro.Reader());
        var writer = new AvroWriter(new() { Compression = AvroCompression.None });
        TableFormats.Register(TableFormat.Avro, writer, new AvroReader());
        Assert.Same(writer, TableFormat.Avro.Writer());
    }

    [Fact]
    public void Times_of_every_year_and_durations_of_every_size_keep_their_ticks()
    {
        Table table = Table.FromColumns(
            Column.Of<TimeSpan?>("least", [TimeSpan.MinValue, null]),
            Column.Of<TimeSpan?>("most", [TimeSpan.MaxValue, TimeSpan.FromTicks(-1)]),
            Column.Of<DateTimeOffset?>("last", [DateTimeOffset.MaxValue, null]),
            Column.Of<DateTimeOffset?>("first", [DateTimeOffset.MinValue.AddTicks(3), DateTimeOffset.UnixEpoch]));
        TableAssert.Equal(table, AvroBytes.Read(Bytes(table)));
    }

    [Fact]
    public void Columns_of_nulls_keep_their_type()
    {
        Table table = RandomTables.Create(1, rows: 5, nulls: 1);
        TableAssert.Equal(table, AvroBytes.Read(Bytes(table)));
    }

    [Fact]
    public void Names_avro_does_not_allow_are_escaped_and_kept_beside()
    {
        string[] names = ["a.b", "a_b", "ü", "1st", "", "_ok9", "日本"];
        Table table = Table.FromColumns(names.Select(name => Column.Of(name, [1])));
        byte[] file = Bytes(table, new() { Compression = AvroCompression.None });

        Assert.Equal(names, AvroBytes.Read(file).Columns.Select(column => column.Name));
        string schema = Encoding.UTF8.GetString(file);
        foreach (string expected in new[] { "\"a_b_2\"", "\"a_b\"", "\"_\"", "\"_1st\"", "\"column_5\"", "\"_ok9\"", "\"__\"" })
            Assert.Contains("{\"name\":" + expected, schema, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_programs_see_plain_types()
    {
        byte[] file = Bytes(RandomTables.Create(1, rows: 0), new() { Compression = AvroCompression.None });
        const string Expected = """
            {"type":"record","name":"row","fields":[
            {"name":"flag","type":["null","boolean"]},
            {"name":"int","type":["null","long"]},
            {"name":"double","type":["null","double"]},
            {"name":"text","type":["null","string"]},
            {"name":"time","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
            {"name":"span","type":["null","long"],"assay.type":"duration[us]"},
            {"name":"json","type":["null","string"],"assay.type":"json"},
            {"name":"label___odd_","type":["null","string"],"assay.name":"label, \"odd\""}]}
            """;
        Assert.Contains(Expected.ReplaceLineEndings(""), Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public void One_table_gives_one_file() => Assert.Equal(Bytes(RandomTables.Create(3)), Bytes(RandomTables.Create(3)));

    [Fact]
    public void Options_are_checked_before_anything_is_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AvroWriter(new() { BlockSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AvroWriter(new() { Compression = (AvroCompression)9 }));
    }

    [Fact]
    public void A_writer_that_fails_in_the_middle_throws_its_own_fault()
    {
        Table table = Table.FromColumns(Column.Of("i", Enumerable.Range(0, 10_000)));
        using var full = new MemoryStream(new byte[500]);
        Assert.Throws<NotSupportedException>(() => new AvroWriter(new() { BlockSize = 10 }).Write(table, full));
    }

    private static byte[] Bytes(Table table, AvroOptions? options = null)
    {
        using var stream = new MemoryStream();
        new AvroWriter(options ?? new()).Write(table, stream);
        return stream.ToArray();
    }
}
