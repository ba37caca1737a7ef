using System.Text;
using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests.Formats;

[Trait("Category", "Quick")]
public class JsonTests
{
    private static readonly Table Sample = Table.FromColumns(
        Column.Of<double?>("x \"1\"", [1, double.NaN, null]),
        Column.Of("text", ["Zürich \u0001", null, "half \ud800 pair"]),
        Column.OfJson("j", ["[1, 2]", "{}", null]),
        Column.Of<TimeSpan?>("span", [TimeSpan.FromSeconds(1), null, null]));

    [Fact]
    public void Rows_are_objects_with_every_column()
    {
        Assert.Equal("""
            [
            {"x \"1\"":1.0,"text":"Zürich \u0001","j":[1,2],"span":"00:00:01"},
            {"x \"1\"":"NaN","text":null,"j":{},"span":null},
            {"x \"1\"":null,"text":"half � pair","j":null,"span":null}
            ]

            """.ReplaceLineEndings("\n"), Sample.ToText(TableFormat.Json));
        Assert.Equal("{\"a\":1}\n{\"a\":2}\n", Table.FromColumns(Column.Of("a", [1, 2])).ToText(TableFormat.NdJson));
        Assert.Equal("[]\n", Table.Empty.ToText(TableFormat.Json));
    }

    [Theory]
    [InlineData("""[{"a":1},{"b":2.5}]""", "a: Int64, b: Double", "1 null")]
    [InlineData("""[{"a":"NaN"},{"a":1}]""", "a: Double", "NaN 1")]
    [InlineData("""[{"a":"NaN"},{"a":"x"}]""", "a: String", "'NaN' 'x'")]
    [InlineData("""[{"a":"Infinity"},{"a":"-Infinity"}]""", "a: Double", "Infinity -Infinity")]
    [InlineData("""[{"a":NaN},{"a":-Infinity},{"a":Infinity},{"a":1}]""", "a: Double", "NaN -Infinity Infinity 1")]
    [InlineData("""[{"a":"\"NaN, NaN"},{"a":NaN}]""", "a: String", "'\"NaN, NaN' 'NaN'")]
    [InlineData("""[{"a":18446744073709551615}]""", "a: String", "'18446744073709551615'")]
    [InlineData("""[{"a":1e3}]""", "a: Double", "1000")]
    [InlineData("""[{"a":1e400},{"a":1.5},{"a":-1e999}]""", "a: String", "'1e400' '1.5' '-1e999'")]
    [InlineData("""[{"a":{"b":1, "c":[1, 2]}}]""", "a: Json", """{"b":1,"c":[1,2]}""")]
    [InlineData("""[{"a":"2024-01-31T10:20:30Z"},{"a":null}]""", "a: Timestamp", "2024-01-31T10:20:30.0000000+00:00 null")]
    [InlineData("""[{"a":"2024-01-31"}]""", "a: String", "'2024-01-31'")]
    [InlineData("""[{"a":"2024-01-31T10:20:30Z"},{"a":"x"}]""", "a: String", "'2024-01-31T10:20:30Z' 'x'")]
    [InlineData("""[{"a":1,"a":2}]""", "a: Int64", "2")]
    [InlineData("""[{"a":null}]""", "a: String", "null")]
    public void Types_follow_from_the_values(string json, string schema, string values)
    {
        Table table = Read(json, TableFormat.Json);

        Assert.Equal(schema, Schema(table));
        Assert.Equal(values, Line(table["a"]));
    }

    [Fact]
    public void Lines_may_be_blank_and_end_with_carriage_returns()
    {
        Assert.Equal("1 2", Line(Read("{\"a\":1}\r\n\r\n{\"a\":2}", TableFormat.NdJson)["a"]));
    }

    [Theory]
    [InlineData(TableFormat.Json, "[{\"a\":1},\n{\"a\":}]", 2L)]
    [InlineData(TableFormat.Json, "[{\"a\":1}", 1L)]
    [InlineData(TableFormat.Json, "[1]", 1L)]
    [InlineData(TableFormat.Json, "{\"a\":1}", 1L)]
    [InlineData(TableFormat.Json, "[] x", 1L)]
    [InlineData(TableFormat.Json, "", 1L)]
    [InlineData(TableFormat.NdJson, "{\"a\":1}\n{\"a\":1", 2L)]
    [InlineData(TableFormat.NdJson, "{\"a\":1}\n{} {}", 2L)]
    [InlineData(TableFormat.NdJson, "\n\n[1]", 3L)]
    public void A_fault_has_its_line(TableFormat format, string text, long line)
    {
        var fault = Assert.Throws<TableException>(() => Read(text, format));

        Assert.Equal(line, fault.Line);
        Assert.NotNull(fault.ByteOffset);
    }

    private static Table Read(string json, TableFormat format) => Table.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), format);

    [Theory]
    [InlineData("""[{"a":"\udcea"}]""", TableFormat.Json)]
    [InlineData("""{"\ud83e":1}""", TableFormat.NdJson)]
    [InlineData("""{"a":["\ud83e"]}""", TableFormat.NdJson)]
    public void Half_a_surrogate_pair_is_a_fault_with_its_place(string content, TableFormat format)
    {
        var fault = Assert.Throws<TableException>(() => Table.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), format));
        Assert.Equal(1, fault.Line);
        Assert.NotNull(fault.ByteOffset);
    }
}
