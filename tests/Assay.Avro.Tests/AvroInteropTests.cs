using System.Text.Json;

namespace Assay.Avro.Tests;

/// <summary>
/// Avro files between us and polars. Polars knows no timestamps of nanoseconds, which it sees as numbers, and no table without columns.
/// </summary>
[Trait("Category", "Interop")]
public class AvroInteropTests
{
    private const string Script = "avro.mjs";

    [InteropTheory]
    [InlineData(AvroCompression.None)]
    [InlineData(AvroCompression.Deflate)]
    public void Polars_reads_every_type(AvroCompression compression)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.avro");
        DateTimeOffset time = new(2024, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
        Table.FromColumns(
            Column.Of("flag", [true, (bool?)null, false]), Column.Of("whole", [long.MaxValue, (long?)null, long.MinValue]),
            Column.Of("number", [0.1, double.NaN, double.NegativeInfinity]),
            Column.Of("text", ["é 🧪\n", "", null]),
            Column.Of("time", [time, (DateTimeOffset?)null, DateTimeOffset.UnixEpoch.AddMicroseconds(-1)]),
            Column.Of("span", [TimeSpan.FromHours(30.5), TimeSpan.Zero, TimeSpan.FromMicroseconds(-1)]),
            Column.OfJson("json of.α", ["[1,{\"a\":\"ü\"}]", null, "{}"]))
            .Save(path, new AvroWriter(new() { Compression = compression, BlockSize = 2 }));

        JsonElement[] columns = [.. OtherReader.Read("polars", TableFormat.Avro, path).GetProperty("columns").EnumerateArray()];
        Assert.Equal(
            [
                "flag DataType(Bool) true|-|false",
                "whole DataType(Int64) 9223372036854775807|-|-9223372036854775808",
                "number DataType(Float64) 0.1|NaN|-inf",
                "text DataType(String) é 🧪\n||-",
                "time DataType(Datetime(us,UTC)) 1704164645678000|-|-1",
                "span DataType(Int64) 109800000000|0|-1",
                "json_of__ DataType(String) [1,{\"a\":\"ü\"}]|-|{}",
            ],
            columns.Select(column => $"{column.GetProperty("name")} {column.GetProperty("type")} {Values(column)}"));

        static string Values(JsonElement column) =>
            string.Join('|', column.GetProperty("values").EnumerateArray().Select(value => value.GetString() ?? "-"));
    }

    [InteropTheory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void Polars_reads_a_million_rows_and_none(int rows)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.avro");
        Table.FromColumns(
            Column.Of("index", Enumerable.Range(0, rows)),
            Column.Of("half", Enumerable.Range(0, rows).Select(i => i % 10 == 0 ? (double?)null : i / 2.0)),
            Column.Of("text", Enumerable.Range(0, rows).Select(i => $"row {i}"))).Save(path);
        JsonElement summary = OtherReader.Run(Script, "summary", path);

        Assert.Equal(rows, summary.GetProperty("rows").GetInt32());
        string[] expected = rows == 0
            ? ["index 0 0  ", "half 0 0  ", "text 0   "]
            : ["index 0 499999500000 0 999999", "half 100000 225000000000  499999.5", "text 0  row 0 row 999999"];
        string[] facts = ["name", "nulls", "sum", "first", "last"];
        Assert.Equal(expected, summary.GetProperty("columns").EnumerateArray()
            .Select(column => string.Join(' ', facts.Select(name => column.GetProperty(name).ToString()))));
    }

    [InteropTheory]
    [InlineData("uncompressed")]
    [InlineData("deflate")]
    [InlineData("snappy")]
    public void We_read_what_polars_writes_in_every_codec(string codec)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.avro");
        OtherReader.Start(Script, "nested", codec, path);
        Table table = Table.Load(path);

        Assert.Equal("list: Json, pair: Json, day: Timestamp, small: Double, none: Double, none_text: String", TableAssert.Schema(table));
        Assert.Equal(
            [
                "[1.5,null] [] null",
                """{"x":1,"y":"b"} {"x":2,"y":null} {"x":3,"y":"日本"}""",
                "1970-01-01T00:00:00.0000000+00:00 1970-01-02T00:00:00.0000000+00:00 2024-01-01T00:00:00.0000000+00:00",
                "0.5 NaN null",
                "null null null",
                "null null null",
            ],
            table.Columns.Select(TableAssert.Line));
    }

    [InteropTheory]
    [InlineData(1_000_000)]
    public void We_read_a_million_rows_of_polars(int rows)
    {
        using var folder = new TempFolder();
        string path = folder.File("table.avro");
        OtherReader.Start(Script, "million", path);
        Table table = Table.Load(path);

        Assert.Equal(rows, table.RowCount);
        Assert.True(table["index"].AsInt64s().SequenceEqual([.. Enumerable.Range(0, rows).Select(i => (long)i)]));
        Assert.Equal(rows / 10, table["half"].NullCount);
        Assert.Equal(499_999.5, table["half"][rows - 1]);
        Assert.Equal("row 999999", table["text"][rows - 1]);
    }
}
