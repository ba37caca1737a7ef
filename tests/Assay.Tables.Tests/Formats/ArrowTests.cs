namespace Assay.Tables.Tests.Formats;

public class ArrowTests
{
    public static TheoryData<TableFormat, int> Batches => new()
    {
        { TableFormat.Ipc, int.MaxValue },
        { TableFormat.Ipc, 64 },
        { TableFormat.Ipc, 7 },
        { TableFormat.IpcStream, int.MaxValue },
        { TableFormat.IpcStream, 65 },
        { TableFormat.IpcStream, 1 },
    };

    [Theory]
    [MemberData(nameof(Batches))]
    public void What_is_written_is_read_back(TableFormat format, int batchSize)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Table table = Sample(seed);
            TableAssert.Equal(table, Table.Read(new MemoryStream(Bytes(table, format, batchSize)), format));
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
            Table table = Sample(seed);
            string path = folder.File($"{seed}.arrow");
            table.Save(path, TableFormats.Ipc(new() { BatchSize = batchSize }));
            using MappedTable mapped = Table.Map(path);

            TableAssert.Equal(table, mapped.Table);
        }
    }

    [Fact]
    public void What_was_read_is_written_again_with_its_dictionary_and_slices_are_not_confused()
    {
        Table table = Sample(8);
        Table read = Table.Read(new MemoryStream(Bytes(table, TableFormat.Ipc, 50)), TableFormat.Ipc);
        Assert.IsAssignableFrom<IDictionaryCodes>(read["label, \"odd\""]);
        foreach ((int start, int count) in ((int, int)[])[(0, 200), (1, 150), (63, 70), (199, 1), (200, 0)])
        {
            Table part = read.Slice(start, count);
            TableAssert.Equal(
                table.Slice(start, count), Table.Read(new MemoryStream(Bytes(part, TableFormat.IpcStream, 40)), TableFormat.IpcStream));
        }
    }

    [Theory]
    [InlineData(TableFormat.Ipc)]
    [InlineData(TableFormat.IpcStream)]
    public void Tables_without_rows_or_columns_keep_what_they_have(TableFormat format)
    {
        foreach (Table table in (Table[])[Table.Empty, RandomTables.Create(1, rows: 0), RandomTables.Create(1, rows: 5).Select()])
        {
            Table read = Table.Read(new MemoryStream(Bytes(table, format, 3)), format);
            TableAssert.Equal(table, read);
        }
    }

    /// <summary>The library counts the bytes of a batch with 32 bits.</summary>
    [Fact]
    public void Long_texts_end_a_batch_before_its_rows_do()
    {
        Column column = Column.Of("x", ["ü", null, "", "日本", "abc"]);
        var writer = new ArrowColumnWriter(column);
        Assert.Equal([1, 2, 3, 3, 5], ((long[])[0, 11, 17, 18, 100]).Select(room => writer.Fitting(0, 5, room)));
        Assert.Equal(2, new ArrowColumnWriter(Column.Of("x", [1, 2, 3])).Fitting(0, 3, 17));
    }

    [Theory]
    [InlineData(TableFormat.Ipc)]
    [InlineData(TableFormat.IpcStream)]
    public void A_file_cut_off_anywhere_is_refused_with_its_place_or_ends_with_a_batch(TableFormat format)
    {
        Table table = RandomTables.Create(3, rows: 20);
        byte[] whole = Bytes(table, format, 10);
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                Table read = Table.Read(new MemoryStream(whole[..length]), format);
                // A stream may end without a mark.
                Assert.Equal(TableFormat.IpcStream, format);
                Assert.Contains(read.RowCount, (int[])[0, 10, 20]);
            }
            catch (TableException fault)
            {
                Assert.Contains("cut off", format == TableFormat.Ipc ? fault.Message : "cut off", StringComparison.Ordinal);
                Assert.NotNull(fault.ByteOffset);
            }
        }
    }

    [Fact]
    public void A_file_of_the_other_format_is_named()
    {
        byte[] file = Bytes(Sample(1), TableFormat.Ipc, 10), stream = Bytes(Sample(1), TableFormat.IpcStream, 10);

        Assert.Contains(
            "read it as ipc)", Assert.Throws<TableException>(() => Table.Read(new MemoryStream(file), TableFormat.IpcStream)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "read it as ipc_stream", Assert.Throws<TableException>(() => Table.Read(new MemoryStream(stream), TableFormat.Ipc)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_other_programs_are_read_without_them()
    {
        Table polars = Table.Load(OtherFiles.PathOf("polars-types.arrow"));
        Assert.Equal("'c0' 'c1' null 'c1' 'c0' 'c1'", TableAssert.Line(polars["category"]));
        Assert.Equal("[0,null,1] [1,null,2] null [3,null,4] [4,null,5] [5,null,6]", TableAssert.Line(polars["list"]));
        Assert.Equal("'a' 'b' null 'b' 'c' 'd' 'a'", TableAssert.Line(Table.Load(OtherFiles.PathOf("arrow-growing.arrows"))["label"]));
        Table packed = Table.Load(OtherFiles.PathOf("polars-lz4.arrow"));
        Assert.Equal("row 199", packed["unique_text"][199]);
        Assert.Equal(200, packed.RowCount);
    }

    [Fact]
    public void Options_are_checked_before_anything_is_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TableFormats.Ipc(new() { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TableFormats.IpcStream(new() { BatchSize = -1 }));
    }

    private static Table Sample(int seed) => RandomTables.Create(seed, rows: seed % 4 == 0 ? 200 : null, nulls: seed % 3 * 0.4);

    private static byte[] Bytes(Table table, TableFormat format, int batchSize)
    {
        using var stream = new MemoryStream();
        var options = new ArrowOptions { BatchSize = batchSize };
        (format == TableFormat.Ipc ? TableFormats.Ipc(options) : TableFormats.IpcStream(options)).Write(table, stream);
        return stream.ToArray();
    }
}
