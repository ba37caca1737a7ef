namespace Assay.Tables.Tests.Interop;

/// <summary>A million rows, and no columns.</summary>
[Trait("Category", "Interop")]
public class LargeInteropTests
{
    private const int Million = 1_000_000;
    private const int Every = 97;

    private static readonly Lazy<Table> Large = new(() => Others.Sample(Million));

    [InteropTheory]
    [MemberData(nameof(InteropTests.Readers), MemberType = typeof(InteropTests))]
    public void Others_read_a_million_rows(string engine, TableFormat format)
    {
        // This reader makes a JavaScript object of every value.
        int rows = engine == "arrow" ? Million / 10 : Million;
        using var folder = new TempFolder();
        string path = folder.File("large" + format.Extension());
        Table table = Large.Value.Head(rows);
        table.Save(path);

        int every = engine == "arrow" ? 1 : Every;
        Others.AssertSame(table, OtherReader.Read(engine, format, path, every), Others.KeepsTimes(format), every);
    }

    [InteropTheory]
    [InlineData("polars", TableFormat.Csv)]
    [InlineData("polars", TableFormat.Parquet)]
    [InlineData("polars", TableFormat.Ipc)]
    [InlineData("polars", TableFormat.IpcStream)]
    [InlineData("duckdb", TableFormat.NdJson)]
    [InlineData("duckdb", TableFormat.Json)]
    public void We_read_a_million_rows_of_others(string engine, TableFormat format)
    {
        using var folder = new TempFolder();
        string path = folder.File("large" + format.Extension());
        OtherReader.Write(engine, format, path, Million);
        Others.AssertWritten(Table.Load(path), keepsNaN: true, Million);
    }

    /// <summary>Where a format has rows without columns, others count them too.</summary>
    [InteropTheory]
    [InlineData("polars", TableFormat.Json)]
    [InlineData("polars", TableFormat.Ipc)]
    [InlineData("polars", TableFormat.IpcStream)]
    [InlineData("arrow", TableFormat.Ipc)]
    [InlineData("arrow", TableFormat.IpcStream)]
    public void Others_read_a_table_without_columns(string engine, TableFormat format)
    {
        using var folder = new TempFolder();
        string path = folder.File("none" + format.Extension());
        foreach (Table table in (Table[])[Table.Empty, Others.Sample(3).Select()])
        {
            table.Save(path);
            Others.AssertSame(table, OtherReader.Read(engine, format, path), timesAsNumbers: true);
        }
    }

    /// <summary>
    /// DuckDB has no tables without columns: it invents a column. The rows are right. (Polars refuses
    /// empty files, which a csv without columns and an ndjson without rows are.)
    /// </summary>
    [InteropTheory]
    [InlineData(TableFormat.Csv, 0)]
    [InlineData(TableFormat.Json, 0)]
    [InlineData(TableFormat.Json, 3)]
    [InlineData(TableFormat.NdJson, 0)]
    [InlineData(TableFormat.NdJson, 3)]
    public void Duckdb_counts_the_rows_of_a_table_without_columns(TableFormat format, int rows)
    {
        using var folder = new TempFolder();
        string path = folder.File("none" + format.Extension());
        Others.Sample(rows).Select().Save(path);
        Assert.Equal(rows, OtherReader.Read("duckdb", format, path).GetProperty("rows").GetInt32());
    }
}
