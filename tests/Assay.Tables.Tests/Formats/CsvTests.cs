using System.Text;
using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests.Formats;

[Trait("Category", "Quick")]
public class CsvTests
{
    [Fact]
    public void Every_type_has_its_form()
    {
        Table table = Table.FromColumns(
            Column.Of<bool?>("flag", [true, null]),
            Column.Of<long?>("int", [-5, null]),
            Column.Of<double?>("double", [1, double.NaN]),
            Column.Of("text, with comma", ["say \"hi\"", ""]),
            Column.Of<DateTimeOffset?>("time", [new DateTimeOffset(2024, 1, 2, 3, 4, 5, 60, TimeSpan.FromHours(2)), null]),
            Column.Of<TimeSpan?>("span", [TimeSpan.FromMilliseconds(1500), null]),
            Column.OfJson("json", ["{ \"a\": [1, 2] }", null]));

        Assert.Equal(""""
            flag,int,double,"text, with comma",time,span,json
            true,-5,1.0,"say ""hi""",2024-01-02T03:04:05.06+02:00,00:00:01.5000000,"{""a"":[1,2]}"
            ,,NaN,"",,,

            """".ReplaceLineEndings("\n"), table.ToText(TableFormat.Csv));
    }

    [Theory]
    [InlineData("a\n1\n2\n", "a: Int64", "1 2")]
    [InlineData("a\r\n1\r\n2", "a: Int64", "1 2")]
    [InlineData("\uFEFFa\n1\n", "a: Int64", "1")]
    [InlineData("a\n1\n0.5\n", "a: Double", "1 0.5")]
    [InlineData("a\n1\nx\n", "a: String", "'1' 'x'")]
    [InlineData("a\n007\n", "a: String", "'007'")]
    [InlineData("a\n\"1\"\n", "a: String", "'1'")]
    [InlineData("\"a\"\n\"1\"\n", "a: Int64", "1")]
    [InlineData("a\nTrue\nFALSE\n", "a: Boolean", "True False")]
    [InlineData("a\nnan\ninf\n-Infinity\n1e3\n", "a: Double", "NaN ∞ -∞ 1000")]
    [InlineData("a\n1\n\n2\n", "a: Int64", "1 null 2")]
    [InlineData("a\n\"\"\n\n", "a: String", "'' null")]
    [InlineData("a\n18446744073709551615\n1\n", "a: String", "'18446744073709551615' '1'")]
    [InlineData("a\n9007199254740993\n0.5\n", "a: String", "'9007199254740993' '0.5'")]
    [InlineData("a\n2024-01-31 10:20:30.5\n", "a: Timestamp", "2024-01-31T10:20:30.5000000+00:00")]
    [InlineData("a\n2024-01-31\n", "a: Timestamp", "2024-01-31T00:00:00.0000000+00:00")]
    [InlineData("a\n2024-02-31\n", "a: String", "'2024-02-31'")]
    [InlineData("a\n1.02:03:04\n", "a: Duration", "1.02:03:04")]
    [InlineData("a\n1e400\n1.5\n", "a: String", "'1e400' '1.5'")]
    [InlineData("a\n\"[1, {\"\"b\"\":2}]\"\n", "a: Json", """[1,{"b":2}]""")]
    [InlineData("a\nx\"y\n", "a: String", "'x\"y'")]
    [InlineData("a\n", "a: String", "")]
    public void Types_follow_from_the_whole_column(string csv, string schema, string values)
    {
        Table table = Read(csv);

        Assert.Equal(schema, Schema(table));
        string infinity = double.PositiveInfinity.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(values.Replace("∞", infinity, StringComparison.Ordinal), Line(table.Columns[0]));
    }

    [Fact]
    public void A_type_that_changes_after_a_thousand_rows_is_seen()
    {
        string csv = "a,b\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{i}\n")) + "x,0.5\n";

        Assert.Equal("a: String, b: Double", Schema(Read(csv)));
    }

    [Fact]
    public void Blank_lines_between_rows_are_skipped()
    {
        Assert.Equal(2, Read("a,b\n1,2\n\n3,4\n\n").RowCount);
    }

    [Fact]
    public void Repeated_and_missing_names_become_unique()
    {
        Assert.Equal("a: Int64, a_2: Int64, column_3: Int64", Schema(Read("a,a,\n1,2,3\n")));
    }

    [Theory]
    [InlineData("a,b\n1,2\n1,2,3\n", 3, 8, "3 fields")]
    [InlineData("a,b\n1\n", 2, 4, "1 fields")]
    [InlineData("a,b\n1,\"x\ny\n", 2, 6, "never closed")]
    [InlineData("a,b\n\"1\"2,3\n", 2, 7, "closing quote")]
    public void A_fault_has_line_and_byte(string csv, long line, long offset, string word)
    {
        var fault = Assert.Throws<TableException>(() => Read(csv));

        Assert.Equal((line, offset), (fault.Line, fault.ByteOffset));
        Assert.Contains(word, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_with_its_place()
    {
        var fault = Assert.Throws<TableException>(() => Table.Read(new MemoryStream([.. "a\nb"u8, 0xE9, .. "\n"u8]), TableFormat.Csv));

        Assert.Equal((2L, 3L), (fault.Line, fault.ByteOffset));
    }

    [Fact]
    public void Nothing_reads_as_an_empty_table()
    {
        Assert.Empty(Read("").Columns);
        Assert.Equal("", Table.Empty.ToText(TableFormat.Csv));
    }

    [Fact]
    public void Tabs_separate_and_are_quoted()
    {
        Table table = Table.FromColumns(Column.Of("a", ["x\ty", "1,2"]), Column.Of("b", [1, 2]));

        Assert.Equal("a\tb\n\"x\ty\"\t1\n1,2\t2\n", table.ToText(TableFormat.Tsv));
    }

    private static Table Read(string csv) => Table.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), TableFormat.Csv);

    [Fact]
    public void A_header_that_repeats_one_name_a_hundred_thousand_times_is_read()
    {
        byte[] file = System.Text.Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("a", 100_000)));
        Assert.Equal("a_100000", Table.Read(new MemoryStream(file), TableFormat.Csv).Columns[^1].Name);
    }
}
