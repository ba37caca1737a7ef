namespace Assay.Tables.Tests.Formats;

[Trait("Category", "Quick")]
public class TimeTests
{
    public static TheoryData<TableFormat> Formats =>
        new(TableFormat.Parquet, TableFormat.Ipc, TableFormat.IpcStream, TableFormat.Csv, TableFormat.NdJson);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Durations_of_every_size_keep_their_ticks(TableFormat format)
    {
        Table table = Table.FromColumns(
            Column.Of<TimeSpan?>("far", [TimeSpan.FromTicks(3), null, TimeSpan.FromDays(200_000)]),
            Column.Of<TimeSpan?>("least", [TimeSpan.MinValue, null, TimeSpan.FromSeconds(1)]),
            Column.Of<TimeSpan?>("most", [TimeSpan.MaxValue, TimeSpan.FromTicks(-1), null]));

        TableAssert.Equal(table, Again(table, format));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Timestamps_of_every_year_keep_their_ticks(TableFormat format)
    {
        Table table = Table.FromColumns(
            Column.Of<DateTimeOffset?>("most", [DateTimeOffset.MaxValue, null, DateTimeOffset.UnixEpoch]),
            Column.Of<DateTimeOffset?>(
                "least", [DateTimeOffset.MinValue.AddTicks(3), new DateTimeOffset(2024, 5, 1, 8, 0, 0, TimeSpan.Zero), null]));

        TableAssert.Equal(table, Again(table, format));
    }

    [Fact]
    public void A_mapped_file_keeps_ticks_as_well()
    {
        Table table = Table.FromColumns(
            Column.Of("d", [TimeSpan.MinValue, TimeSpan.FromSeconds(1)]),
            Column.Of("t", [DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch]));
        string path = Path.Combine(Directory.CreateTempSubdirectory("assay-ticks").FullName, "ticks.arrow");
        table.Save(path);

        using (MappedTable mapped = Table.Map(path)) TableAssert.Equal(table, mapped.Table);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static Table Again(Table table, TableFormat format)
    {
        using var stream = new MemoryStream();
        table.Write(stream, format);
        stream.Position = 0;
        return Table.Read(stream, format);
    }
}
