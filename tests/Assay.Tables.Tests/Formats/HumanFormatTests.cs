namespace Assay.Tables.Tests.Formats;

[Trait("Category", "Quick")]
public class HumanFormatTests
{
    private static readonly Table Sample = Table.FromColumns(
        Column.Of("learning_rate", [0.1, 1.0 / 3, 1e-7]),
        Column.Of<int?>("n", [1, null, 1000]),
        Column.Of("note", ["50% & <b>|x|</b>", "日本 line\nbreak", "_under_ {brace} ^ ~ \\ #$"]),
        Column.Of<bool?>("ok", [true, false, null]),
        Column.OfJson("json", ["{\"a\":[1]}", null, "[]"]));

    [Theory]
    [InlineData(TableFormat.Text)]
    [InlineData(TableFormat.Markdown)]
    [InlineData(TableFormat.Latex)]
    [InlineData(TableFormat.Html)]
    public void A_table_is_shown_as_approved(TableFormat format) => Approved.Matches($"Table.{format}", Sample.ToText(format));

    [Theory]
    [InlineData(TableFormat.Text)]
    [InlineData(TableFormat.Markdown)]
    [InlineData(TableFormat.Latex)]
    [InlineData(TableFormat.Html)]
    public void Options_cut_rows_digits_and_text(TableFormat format) => Approved.Matches(
        $"Options.{format}", Sample.ToText(format, new() { MaxRows = 2, SignificantDigits = null, NullText = "-", MaxWidth = 8 }));

    [Fact]
    public void A_table_without_columns_is_shown_too()
    {
        foreach (TableFormat format in new[] { TableFormat.Text, TableFormat.Markdown, TableFormat.Latex, TableFormat.Html })
            Assert.NotNull(Table.Empty.ToText(format));
        Assert.Throws<TableException>(() => Sample.ToText(TableFormat.Csv, new TextTableOptions()));
        Assert.Throws<TableException>(() => TableFormat.Html.Reader());
    }
}
