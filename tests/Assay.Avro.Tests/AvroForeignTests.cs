using static Assay.Avro.Tests.AvroBytes;

namespace Assay.Avro.Tests;

/// <summary>Files as other programs write them.</summary>
[Trait("Category", "Quick")]
public class AvroForeignTests
{
    [Fact]
    public void Plain_types_without_nulls_are_read()
    {
        const string Schema = """
            {"type":"record","name":"r","namespace":"some.where","fields":[
              {"name":"i","type":"int"},{"name":"f","type":"float"},{"name":"b","type":"bytes"},
              {"name":"x","type":{"type":"fixed","name":"two","size":2}},
              {"name":"e","type":{"type":"enum","name":"color","symbols":["RED","GREEN"]}},
              {"name":"again","type":"some.where.color"},{"name":"nothing","type":"null"}]}
            """;
        Table table = Read(File(Schema, (2, [.. Row(-3, 1), .. Row(70_000, 0)])));

        Assert.Equal("-3 70000", TableAssert.Line(table["i"]));
        Assert.Equal("0.5 0.5", TableAssert.Line(table["f"]));
        Assert.Equal("'ab' 'ab'", TableAssert.Line(table["b"]));
        Assert.Equal("'/wA=' '/wA='", TableAssert.Line(table["x"]));
        Assert.Equal("'GREEN' 'RED'", TableAssert.Line(table["e"]));
        Assert.Equal("'RED' 'RED'", TableAssert.Line(table["again"]));
        Assert.Equal("null null", TableAssert.Line(table["nothing"]));

        static byte[] Row(int number, int color) => [.. Long(number), 0, 0, 0, 0x3F, .. Text("ab"), 0xFF, 0, .. Long(color), .. Long(0)];
    }

    [Theory]
    [InlineData("""{"type":"int","logicalType":"date"}""", 19_723, "2024-01-01T00:00:00.0000000+00:00")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", -1, "1969-12-31T23:59:59.9990000+00:00")]
    [InlineData("""{"type":"long","logicalType":"timestamp-micros"}""", 1_704_067_200_000_001, "2024-01-01T00:00:00.0000010+00:00")]
    [InlineData(
        """{"type":"long","logicalType":"local-timestamp-nanos"}""", 1_704_067_200_000_000_100, "2024-01-01T00:00:00.0000001+00:00")]
    [InlineData("""{"type":"int","logicalType":"time-millis"}""", 61_001, "00:01:01.0010000")]
    [InlineData("""{"type":"long","logicalType":"time-micros"}""", 1, "00:00:00.0000010")]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""", long.MaxValue, "9223372036854775807")]
    [InlineData("""{"type":"long","logicalType":"of the future"}""", 12, "12")]
    [InlineData("""{"type":"int","logicalType":"timestamp-millis"}""", 12, "12")]
    public void Logical_types_are_what_they_mean_or_else_plain(string type, long value, string expected) =>
        Assert.Equal(expected, TableAssert.Line(
            Read(File($$"""{"type":"record","name":"r","fields":[{"name":"v","type":{{type}}}]}""", (1, Long(value))))["v"]));

    [Fact]
    public void Decimals_periods_and_ids_are_read()
    {
        const string Schema = """
            {"type":"record","name":"r","fields":[
              {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
              {"name":"big","type":{"type":"fixed","name":"f","size":17,"logicalType":"decimal","precision":40,"scale":0}},
              {"name":"p","type":{"type":"fixed","name":"p","size":12,"logicalType":"duration"}},
              {"name":"id","type":{"type":"fixed","name":"u","size":16,"logicalType":"uuid"}}]}
            """;
        byte[] big = [0x7F, .. new byte[16]];
        Table table = Read(File(Schema, (2, [.. Row(0), .. Row(1)])));

        Assert.Equal("-1.5 -1.5", TableAssert.Line(table["d"]));
        Assert.Equal("'43215860598959184859848575143834562854912'", TableAssert.Line(table.Head(1)["big"]));
        Assert.Equal("'1.00:00:00.0020000' 'P1M1DT0.002S'", TableAssert.Line(table["p"]));
        Assert.Equal("'00112233-4455-6677-8899-aabbccddeeff'", TableAssert.Line(table.Head(1)["id"]));

        byte[] Row(byte months) =>
            [
                .. Sized([0xFF, 0x6A]), .. big, months, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0,
                .. Convert.FromHexString("00112233445566778899AABBCCDDEEFF")];
    }

    [Fact]
    public void Unions_of_several_types_become_the_type_that_holds_them()
    {
        Column Union(string types, params byte[][] values) =>
            Read(File(
                $$"""{"type":"record","name":"r","fields":[{"name":"v","type":[{{types}}]}]}""",
                (values.Length, [.. values.SelectMany(value => value)])))["v"];

        Assert.Equal("1 null 0.5", TableAssert.Line(Union("\"long\",\"null\",\"double\"", [0, 2], [2], [4, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F])));
        Assert.Equal("'1' 'true' 'x'", TableAssert.Line(Union("\"int\",\"boolean\",\"string\"", [0, 2], [2, 1], [4, 2, (byte)'x'])));
        Assert.Equal(ColumnType.Int64, Union("\"null\",\"long\"", [0]).Type);
    }

    [Fact]
    public void Nested_values_become_json()
    {
        const string Schema = """
            {"type":"record","name":"r","fields":[
              {"name":"list","type":{"type":"array","items":["null","double"]}},
              {"name":"map","type":{"type":"map","values":{"type":"long","logicalType":"timestamp-millis"}}},
              {"name":"tree","type":["null",{"type":"record","name":"node","fields":[
                {"name":"k","type":"string"},{"name":"next","type":["null","node"]}]}]}]}
            """;
        byte[] nan = BitConverter.GetBytes(double.NaN), half = BitConverter.GetBytes(0.5);
        byte[] list = [.. Long(2), 0, 2, .. half, .. Long(-1), .. Long(9), 2, .. nan, 0];
        byte[] map = [.. Long(1), .. Text("ü"), 0, 0];
        byte[] tree = [2, .. Text("a"), 2, .. Text("b\""), 0];
        Table table = Read(File(Schema, (1, [.. list, .. map, .. tree])));

        Assert.All(table.Columns, column => Assert.Equal(ColumnType.Json, column.Type));
        Assert.Equal(
            """[null,0.5,"NaN"] {"ü":"1970-01-01T00:00:00Z"} {"k":"a","next":{"k":"b\"","next":null}}""",
            string.Join(' ', table.Columns.Select(TableAssert.Line)));
    }

    [Fact]
    public void A_file_of_values_that_are_no_records_has_one_column()
    {
        Assert.Equal("1 -2", TableAssert.Line(Read(File("\"long\"", (1, [2]), (1, [3])))["value"]));
        Assert.Equal(1000, Read(File("""{"type":"record","name":"r","fields":[]}""", (1000, []))).RowCount);
    }

    [Fact]
    public void Names_that_the_format_does_not_allow_are_read()
    {
        Table table = Read(File(
            """
            {"type":"record","name":"","fields":[{"name":"accuracy %","type":{"type":"enum","name":"","symbols":["naïve","ok"]}},
              {"name":"ü","type":{"type":"record","name":"","fields":[{"name":"a b","type":"int"}]}}]}
            """, (1, [0, 2])));
        Assert.Equal("accuracy %: String, ü: Json", TableAssert.Schema(table));
        Assert.Equal("""'naïve' {"a b":1}""", string.Join(' ', table.Columns.Select(TableAssert.Line)));
    }

    /// <summary>The library's own reader ends at a block without rows.</summary>
    [Fact]
    public void Rows_after_a_block_without_rows_are_read() =>
        Assert.Equal("1 2", TableAssert.Line(Read(File("\"long\"", (1, [2]), (0, []), (1, [4])))["value"]));

    [Fact]
    public void Blocks_in_every_codec_are_read()
    {
        byte[] content = [.. Enumerable.Range(0, 9).Select(i => (byte)('1' + i))];
        string expected = string.Join(' ', content.Select(value => value % 2 == 0 ? value / 2 : -(value + 1) / 2));
        Assert.Equal(expected, TableAssert.Line(Read(File("\"long\"", "deflate", (9, Deflate(content))))["value"]));
        Assert.Equal(expected, TableAssert.Line(Read(File("\"long\"", "snappy", (9, Snappy(content))))["value"]));
        Assert.Equal(expected, TableAssert.Line(Read(File("\"long\"", "zstandard", (9, Zstd(content))))["value"]));
        var fault = Assert.Throws<TableException>(() => Read(File("\"long\"", "xz")));
        Assert.Contains("xz, which is not supported; write the file with deflate", fault.Message, StringComparison.Ordinal);
    }
}
