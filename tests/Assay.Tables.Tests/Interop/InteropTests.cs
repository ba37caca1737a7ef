namespace Assay.Tables.Tests.Interop;

/// <summary>What we write, others read, and the other way round.</summary>
[Trait("Category", "Interop")]
public class InteropTests
{
    public static TheoryData<string, TableFormat> Readers => new()
    {
        { "polars", TableFormat.Csv },
        { "polars", TableFormat.Json },
        { "polars", TableFormat.NdJson },
        { "polars", TableFormat.Parquet },
        { "polars", TableFormat.Ipc },
        { "polars", TableFormat.IpcStream },
        { "arrow", TableFormat.Ipc },
        { "arrow", TableFormat.IpcStream },
        { "duckdb", TableFormat.Csv },
        { "duckdb", TableFormat.Json },
        { "duckdb", TableFormat.NdJson },
        { "duckdb", TableFormat.Parquet },
    };

    public static IEnumerable<object[]> Writers => Readers.Where(row => (string)row[0] != "arrow");

    [InteropTheory]
    [MemberData(nameof(Readers))]
    public void Others_read_numbers_text_and_flags_as_written(string engine, TableFormat format)
    {
        using var folder = new TempFolder();
        Table table = Others.Sample(2000);
        string path = folder.File("table" + format.Extension());
        table.Save(path);

        Others.AssertSame(table, OtherReader.Read(engine, format, path), timesAsNumbers: Others.KeepsTimes(format));
    }

    [InteropTheory]
    [InlineData("polars")]
    [InlineData("duckdb")]
    public void Others_read_parquet_in_every_compression_with_many_row_groups_and_nothing_at_all(string engine)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.parquet");
        foreach (ParquetCompression compression in Enum.GetValues<ParquetCompression>())
        {
            Table table = Others.Sample(5000);
            table.Save(path, TableFormats.Parquet(new() { Compression = compression, RowGroupSize = 777 }));
            Others.AssertSame(table, OtherReader.Read(engine, TableFormat.Parquet, path), timesAsNumbers: true);
        }

        Others.Sample(0).Save(path);
        Assert.Equal(0, OtherReader.Read(engine, TableFormat.Parquet, path).GetProperty("rows").GetInt32());
    }

    [InteropTheory]
    [MemberData(nameof(Writers))]
    public void We_read_what_others_write(string engine, TableFormat format)
    {
        using var folder = new TempFolder();
        string path = folder.File("table" + format.Extension());
        OtherReader.Write(engine, format, path);
        // Polars writes JSON without NaN and infinities, as nulls.
        Others.AssertWritten(Table.Load(path), keepsNaN: engine != "polars" || format is not (TableFormat.Json or TableFormat.NdJson));
    }

    [InteropTheory]
    [InlineData("PARQUET_VERSION=V2")]
    [InlineData("COMPRESSION=uncompressed")]
    [InlineData("COMPRESSION=gzip")]
    [InlineData("COMPRESSION=brotli")]
    [InlineData("COMPRESSION=zstd")]
    [InlineData("COMPRESSION=lz4_raw")]
    [InlineData("ROW_GROUP_SIZE=100")]
    public void We_read_parquet_in_other_than_default_encodings(string option)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.parquet");
        OtherReader.Write("duckdb:" + option, TableFormat.Parquet, path);
        Others.AssertWritten(Table.Load(path), keepsNaN: true);
    }
}
