namespace Assay.Excel.Tests;

public class ExcelWriterTests
{
    private static readonly DateTimeOffset Noon = new(2024, 1, 1, 12, 0, 0, 500, TimeSpan.Zero);

    [Fact]
    public void Referring_to_the_package_makes_the_format_known()
    {
        using var folder = new TempFolder();
        Table.FromColumns(Column.Of("a", [1])).Save(folder.File("runs.xlsx"));

        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(folder.File("runs.xlsx")), 0, 2));
        Assert.Contains(TableFormat.Excel, TableFormats.Writable);
        Assert.Null(TableFormat.Excel.WriteFault());
    }

    [Fact]
    public void Values_are_what_they_are_for_excel()
    {
        using var workbook = new Workbook(Table.FromColumns(
            Column.Of("flag", [true, (bool?)null]), Column.Of("whole", [-12, 1L << 53]), Column.Of("number", [0.1, 1e-300]),
            Column.Of("text", ["é <&>", ""]),
            Column.Of("time", [Noon, Noon.ToOffset(TimeSpan.FromHours(2))]), Column.Of("span", [TimeSpan.FromHours(36), TimeSpan.Zero]),
            Column.OfJson("json", ["{\"a\":[1]}", null])));

        Assert.Equal(["inlineStr flag s1", "b 1 s0", ""], new[] { workbook["A1"], workbook["A2"], workbook["A3"] });
        Assert.Equal(["n -12 s0", "n 9007199254740992 s0"], new[] { workbook["B2"], workbook["B3"] });
        Assert.Equal(["n 0.1 s0", "n 1E-300 s0"], new[] { workbook["C2"], workbook["C3"] });
        Assert.Equal(["inlineStr é <&> s0", "inlineStr  s0"], new[] { workbook["D2"], workbook["D3"] });
        Assert.Equal(["n 45292.500005787035 s2", "n 45292.500005787035 s2"], new[] { workbook["E2"], workbook["E3"] });
        Assert.Equal(["n 1.5 s3", "n 0 s3"], new[] { workbook["F2"], workbook["F3"] });
        Assert.Equal(["inlineStr {\"a\":[1]} s0", ""], new[] { workbook["G2"], workbook["G3"] });
    }

    [Fact]
    public void What_excel_has_no_number_for_is_text()
    {
        using var workbook = new Workbook(Table.FromColumns(
            Column.Of("number", [double.NaN, double.PositiveInfinity, double.NegativeInfinity]),
            Column.Of("whole", [long.MaxValue, long.MinValue, 0]),
            Column.Of("time", [DateTimeOffset.MinValue, new(1900, 2, 28, 0, 0, 0, TimeSpan.Zero), new(1900, 3, 1, 0, 0, 0, TimeSpan.Zero)]),
            Column.Of("span", [TimeSpan.FromSeconds(-1), TimeSpan.MaxValue, TimeSpan.MinValue])));

        Assert.Equal(
            ["inlineStr NaN s0", "inlineStr Infinity s0", "inlineStr -Infinity s0"],
            new[] { workbook["A2"], workbook["A3"], workbook["A4"] });
        Assert.Equal(["inlineStr 9223372036854775807 s0", "inlineStr -9223372036854775808 s0"], new[] { workbook["B2"], workbook["B3"] });
        Assert.Equal(
            ["inlineStr 0001-01-01T00:00:00Z s0", "inlineStr 1900-02-28T00:00:00Z s0", "n 61 s2"],
            new[] { workbook["C2"], workbook["C3"], workbook["C4"] });
        Assert.Equal("inlineStr -00:00:01 s0", workbook["D2"]);
    }

    [Theory]
    [InlineData("a\u0001b", "a_x0001_b")]
    [InlineData("line\r\nline", "line_x000D_\nline")]
    [InlineData("_x0041_", "_x005F_x0041_")]
    [InlineData("_x004_ __x0041_", "_x004_ __x005F_x0041_")]
    [InlineData("\uffff", "_xFFFF_")]
    [InlineData("=1+1", "=1+1")]
    [InlineData("  spaces  ", "  spaces  ")]
    public void Text_survives_what_xml_forbids(string text, string written)
    {
        using var workbook = new Workbook(Table.FromColumns(Column.Of(text, [text])));
        Assert.Equal($"inlineStr {written} s1", workbook["A1"]);
        Assert.Equal($"inlineStr {written} s0", workbook["A2"]);
    }

    [Fact]
    public void Half_a_surrogate_pair_survives_beside_a_whole_one()
    {
        using var workbook = new Workbook(Table.FromColumns(Column.Of("a", ["\ud83e\uddea \ud83e"])));
        Assert.Equal("inlineStr \ud83e\uddea _xD83E_ s0", workbook["A2"]);
    }

    [Fact]
    public void Columns_are_lettered_beyond_z()
    {
        using var workbook = new Workbook(Table.FromColumns(Enumerable.Range(0, 16_384).Select(i => Column.Of($"c{i}", [i]))));
        Assert.Equal(
            ["n 25 s0", "n 26 s0", "n 701 s0", "n 702 s0", "n 16383 s0"],
            new[] { "Z2", "AA2", "ZZ2", "AAA2", "XFD2" }.Select(reference => workbook[reference]));
    }

    [Fact]
    public void Empty_tables_are_workbooks_too()
    {
        using var empty = new Workbook(Table.Empty);
        using var headed = new Workbook(Table.FromColumns(Column.Of("a", Array.Empty<long>())), new() { SheetName = "My runs" });
        Assert.Empty(empty.Rows);
        Assert.Single(headed.Rows);
        Assert.Equal("My runs", headed.SheetName);
    }

    [Fact]
    public void What_a_sheet_cannot_hold_is_refused_before_anything_is_written()
    {
        Refused(Table.FromColumns(Column.Of("a", new long[1_048_576])), "1048576 rows");
        Refused(Table.FromColumns(Enumerable.Range(0, 16_385).Select(i => Column.Of($"c{i}", [i]))), "16385 columns");
        Refused(Table.FromColumns(Column.Of("a", ["", new string('x', 32_768)])), "Column 'a', row 1");
        new ExcelWriter().Write(Table.FromColumns(Column.Of("a", [new string('x', 32_767)])), Stream.Null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("'quoted'")]
    [InlineData("12345678901234567890123456789012")]
    public void A_sheet_name_excel_would_call_damage_is_refused(string name) =>
        Assert.Contains(
            "1 to 31 characters", Assert.Throws<ArgumentException>(() => new ExcelWriter(new() { SheetName = name })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void One_table_gives_one_file()
    {
        Table table = Table.FromColumns(Column.Of("a", [1, 2]), Column.Of("b", ["x", "y"]));
        using Workbook first = new(table), second = new(table);
        Assert.Equal(first.Bytes, second.Bytes);
    }

    private static void Refused(Table table, string fault)
    {
        using var stream = new MemoryStream();
        Assert.Contains(
            fault, Assert.Throws<TableException>(() => new ExcelWriter().Write(table, stream)).Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }
}
