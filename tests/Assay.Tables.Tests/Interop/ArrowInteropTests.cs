namespace Assay.Tables.Tests.Interop;

/// <summary>Types and encodings that only Arrow has.</summary>
[Trait("Category", "Interop")]
public class ArrowInteropTests
{
    [InteropTheory]
    [InlineData("polars", TableFormat.Ipc)]
    [InlineData("polars", TableFormat.IpcStream)]
    [InlineData("arrow", TableFormat.Ipc)]
    [InlineData("arrow", TableFormat.IpcStream)]
    public void Others_read_durations_json_small_batches_and_no_rows(string engine, TableFormat format)
    {
        using var folder = new TempFolder();
        string path = folder.File("table" + format.Extension());
        TimeSpan?[] spans = [
            .. Enumerable.Range(0, 1000).Select(i => i % 9 == 0 ? (TimeSpan?)null : TimeSpan.FromMicroseconds(i * 1001 - 5000))];
        Table table = Others.Sample(1000)
            .With(Column.Of("span", spans.Select(span => span?.Ticks / 10)))
            .With(Column.OfJson("json", Enumerable.Range(0, 1000).Select(i => i % 3 == 0 ? null : $"[{i % 4}]")));
        foreach (int rows in (int[])[1000, 1, 0])
            foreach (int batchSize in (int[])[int.MaxValue, 300, 64])
            {
                Table expected = table.Head(rows);
                var options = new ArrowOptions { BatchSize = batchSize };
                expected.With(Column.Of("span", spans.Take(rows))).Save(
                    path, format == TableFormat.Ipc ? TableFormats.Ipc(options) : TableFormats.IpcStream(options));

                Others.AssertSame(expected, OtherReader.Read(engine, format, path), timesAsNumbers: true);
            }
    }

    [InteropTheory]
    [InlineData(TableFormat.Ipc)]
    [InlineData(TableFormat.IpcStream)]
    public void We_read_every_type_of_polars(TableFormat format) => AssertColumns("polars:types", format,
        "int8: 0 1 null 3 4 5",
        "int16: 0 1 null 3 4 5",
        "int32: 0 1 null 3 4 5",
        "uint8: 0 1 null 3 4 5",
        "uint16: 0 1 null 3 4 5",
        "uint32: 0 1 null 3 4 5",
        "float32: 0 1 null 3 4 5",
        "uint64: 0 1 null 3 4 5",
        "long: 'a text of more than twelve bytes, ü0' 'a text of more than twelve bytes, ü1' null 'a text of more than twelve bytes, ü3' " +
        "'a text of more than twelve bytes, ü4' 'a text of more than twelve bytes, ü5'",
        "short: 'ü0' 'ü1' null 'ü3' 'ü4' 'ü5'",
        "category: 'c0' 'c1' null 'c1' 'c0' 'c1'",
        $"date: {Days("0000000")}",
        $"micro: {Days("0010000")}",
        $"nano: {Days("0010000")}",
        $"zoned: {Days("0010000")}",
        "duration: 00:00:00 00:00:01 null 00:00:03 00:00:04 00:00:05",
        "list: [0,null,1] [1,null,2] null [3,null,4] [4,null,5] [5,null,6]",
        """texts: ["a","b0"] ["a","b1"] null ["a","b3"] ["a","b4"] ["a","b5"]""",
        """struct: {"a":0.0,"b":"0"} {"a":1.0,"b":"1"} {"a":2.0,"b":"2"} {"a":3.0,"b":"3"} {"a":4.0,"b":"4"} {"a":5.0,"b":"5"}""",
        "decimal: 0.25 1.25 null 3.25 4.25 5.25");

    [InteropTheory]
    [InlineData(TableFormat.Ipc)]
    [InlineData(TableFormat.IpcStream)]
    public void We_read_every_type_of_the_arrow_project(TableFormat format) => AssertColumns("arrow:types", format,
        "null: null null null null null null",
        "int8: 0 -1 null -3 -4 -5",
        "uint64: '0' '1' null '3' '4' '18446744073709551615'",
        "float16: 0 0.5 null 1.5 2 2.5",
        "float32: 0 0.5 null 1.5 2 2.5",
        "decimal: 0 0.05 null 0.15 0.2 0.25",
        $"date32: {Days("0000000")}",
        $"date64: {Days("0000000")}",
        $"second: {Seconds}",
        $"zoned: {Seconds}",
        $"nano: {Seconds}",
        "time32: 00:00:00 00:00:01 null 00:00:03 00:00:04 00:00:05",
        "time64: 00:00:00 00:00:00.0000001 null 00:00:00.0000003 00:00:00.0000004 00:00:00.0000005",
        "duration: 00:00:00 00:00:00.0010000 null 00:00:00.0030000 00:00:00.0040000 00:00:00.0050000",
        "binary: '/wA=' '/wE=' null '/wM=' '/wQ=' '/wU='",
        "fixed: 'ABC' 'ABC' null 'ABC' 'ABC' 'ABC'",
        "large: 'ü0' 'ü1' null 'ü3' 'ü4' 'ü5'",
        "list: [0,null] [1,null] null [3,null] [4,null] [5,null]",
        "pairs: [0.0,1.0] [1.0,2.0] null [3.0,4.0] [4.0,5.0] [5.0,6.0]",
        """struct: {"x":0,"z":[{"w":true}]} {"x":1,"z":[{"w":false}]} null """
            + """{"x":3,"z":[{"w":false}]} {"x":4,"z":[{"w":true}]} {"x":5,"z":[{"w":false}]}""",
        """map: [{"key":"k","value":0}] [{"key":"k","value":1}] null """
            + """[{"key":"k","value":3}] [{"key":"k","value":4}] [{"key":"k","value":5}]""",
        "coded: 'd0' 'd1' null 'd1' 'd0' 'd1'",
        "numbers: 0.5 1.5 null 1.5 0.5 1.5");

    [InteropTheory]
    [InlineData("arrow:growing", TableFormat.Ipc, "label: 'a' 'b' null 'b' 'c' 'd' 'a'")]
    [InlineData("arrow:growing", TableFormat.IpcStream, "label: 'a' 'b' null 'b' 'c' 'd' 'a'")]
    [InlineData("arrow:replaced", TableFormat.IpcStream, "label: 'a' 'b' 'a' 'x' 'y' null")]
    public void Dictionaries_may_grow_and_be_replaced(string engine, TableFormat format, string expected) =>
        AssertColumns(engine, format, expected);

    [InteropTheory]
    [InlineData("uncompressed", TableFormat.Ipc)]
    [InlineData("lz4", TableFormat.Ipc)]
    [InlineData("lz4", TableFormat.IpcStream)]
    [InlineData("zstd", TableFormat.Ipc)]
    [InlineData("zstd", TableFormat.IpcStream)]
    public void We_read_what_polars_packs(string compression, TableFormat format)
    {
        using var folder = new TempFolder();
        string path = folder.File("table" + format.Extension());
        OtherReader.Write("polars:compression=" + compression, format, path, rows: 20_000);
        Others.AssertWritten(Table.Load(path), keepsNaN: true, rows: 20_000);
        if (format != TableFormat.Ipc) return;
        using MappedTable mapped = Table.Map(path);
        Others.AssertWritten(mapped.Table, keepsNaN: true, rows: 20_000);
    }

    private static string Seconds =>
        string.Join(" ", Enumerable.Range(0, 6).Select(i => i == 2 ? "null" : $"1970-01-01T00:00:0{i}.0000000+00:00"));

    private static string Days(string fraction) =>
        string.Join(" ", Enumerable.Range(1, 6).Select(day => day == 3 ? "null" : $"1970-01-0{day}T00:00:00.{fraction}+00:00"));

    private static void AssertColumns(string engine, TableFormat format, params string[] expected)
    {
        using var folder = new TempFolder();
        string path = folder.File("table" + format.Extension());
        OtherReader.Write(engine, format, path);
        Table loaded = Table.Load(path);
        Assert.Equal(expected, loaded.Columns.Select(column => $"{column.Name}: {TableAssert.Line(column)}"));
        if (format != TableFormat.Ipc) return;
        using MappedTable mapped = Table.Map(path);
        TableAssert.Equal(loaded, mapped.Table);
    }
}
