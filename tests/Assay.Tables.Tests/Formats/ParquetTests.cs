namespace Assay.Tables.Tests.Formats;

public class ParquetTests
{
    [Theory]
    [InlineData(ParquetCompression.None, 131072)]
    [InlineData(ParquetCompression.Gzip, 7)]
    [InlineData(ParquetCompression.Brotli, 1)]
    [InlineData(ParquetCompression.Snappy, 131072)]
    [InlineData(ParquetCompression.Zstd, 100)]
    public void What_is_written_is_read_back(ParquetCompression compression, int rowGroupSize)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Table table = RandomTables.Create(seed, nulls: seed % 3 * 0.4);
            using var stream = new MemoryStream();
            TableFormats.Parquet(new() { Compression = compression, RowGroupSize = rowGroupSize }).Write(table, stream);
            stream.Position = 0;

            TableAssert.Equal(table, Table.Read(stream, TableFormat.Parquet));
        }
    }

    [Fact]
    public void Large_columns_use_dictionaries_runs_and_several_pages()
    {
        const int Rows = 300_000;
        var random = new Random(3);
        Table table = Table.FromColumns(
            Column.Of("id", Enumerable.Range(0, Rows)),
            Column.Of("choice", Enumerable.Range(0, Rows).Select(_ => new[] { 0.1, -0.0, double.NaN }[random.Next(3)])),
            Column.Of("runs", Enumerable.Range(0, Rows).Select(i => i / 1000 % 3 == 0 ? (long?)null : i / 1000)),
            Column.Of("text", Enumerable.Range(0, Rows).Select(i => "unique text number " + i)));
        using var stream = new MemoryStream();
        table.Write(stream, TableFormat.Parquet);
        stream.Position = 0;

        TableAssert.Equal(table, Table.Read(stream, TableFormat.Parquet));
    }

    [Fact]
    public void Long_texts_end_a_row_group_before_its_rows_do()
    {
        Table table = Table.FromColumns(
            Column.Of("id", Enumerable.Range(0, 30)),
            Column.Of("text", Enumerable.Range(0, 30).Select(i => i % 4 == 0 ? null : new string((char)('a' + (i % 26)), 300))));
        using MemoryStream many = new(), one = new();
        TableFormats.Parquet(new() { RowGroupText = 1000 }).Write(table, many);
        table.Write(one, TableFormat.Parquet);
        // 22 texts, of which four fill a group.
        Assert.Equal((6, 1), (Groups(many), Groups(one)));
        many.Position = 0;

        TableAssert.Equal(table, Table.Read(many, TableFormat.Parquet));

        // Each group has a chunk of its own for each column, which names the column in the footer.
        static int Groups(MemoryStream file) => System.Text.Encoding.Latin1.GetString(file.ToArray()).Split("text").Length - 2;
    }

    [Fact]
    public void Empty_tables_keep_their_columns_and_types()
    {
        Table table = RandomTables.Create(1, rows: 0);
        using var stream = new MemoryStream();
        table.Write(stream, TableFormat.Parquet);
        stream.Position = 0;

        TableAssert.Equal(table, Table.Read(stream, TableFormat.Parquet));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(12)]
    public void A_file_that_is_cut_off_or_foreign_is_refused_with_its_place(int length)
    {
        using var stream = new MemoryStream();
        RandomTables.Create(1).Write(stream, TableFormat.Parquet);
        var fault = Assert.Throws<TableException>(() => Table.Read(new MemoryStream(stream.ToArray()[..length]), TableFormat.Parquet));

        Assert.NotNull(fault.ByteOffset);
    }

    [Fact]
    public void Options_are_checked_before_anything_is_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TableFormats.Parquet(new() { RowGroupSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TableFormats.Parquet(new() { Compression = (ParquetCompression)9 }));
    }
}
