using System.IO.Compression;

namespace Assay.Tables.Tests.Formats;

/// <summary>What every format promises. A new line in <see cref="FormatTable"/> is tested without a change here.</summary>
[Trait("Category", "Quick")]
public class FormatContractTests
{
    private static readonly Table Sample = RandomTables.Create(seed: 1, rows: 30, nulls: 0.1);

    public static TheoryData<TableFormat> Writable => [.. TableFormats.Writable];

    public static TheoryData<TableFormat> Readable => [.. TableFormats.Readable.Intersect(TableFormats.Writable)];

    public static TheoryData<TableFormat> Files => [.. Enum.GetValues<TableFormat>().Where(format => format != TableFormat.Clipboard)];

    [Theory]
    [MemberData(nameof(Writable))]
    public void A_table_is_written_the_same_each_time(TableFormat format) => Assert.Equal(Write(Sample, format), Write(Sample, format));

    [Theory]
    [MemberData(nameof(Writable))]
    public void A_table_without_rows_is_written(TableFormat format) => Assert.NotNull(Write(Sample.Head(0), format));

    [Theory]
    [MemberData(nameof(Readable))]
    public void What_is_written_is_read_back(TableFormat format)
    {
        using var stream = new GZipStream(new MemoryStream(Write(Sample, format)), CompressionMode.Decompress);
        TableAssert.Equal(Sample, format.Reader().Read(stream));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_extension_names_the_format_in_any_case_and_is_in_the_guide(TableFormat format)
    {
        string guide = File.ReadAllText(Repository.File("docs", "guides", "tables.md"));
        Assert.All(FormatTable.Of(format).Extensions, extension =>
        {
            Assert.Equal(format, TableFormats.FromPath($"a.b/x.{extension}"));
            Assert.Equal(format, TableFormats.FromPath($"x.{extension.ToUpperInvariant()}"));
            Assert.Contains($"`.{extension}`", guide, StringComparison.Ordinal);
        });
    }

    // A compressing stream can neither be read nor positioned, and throws once it is closed.
    private static byte[] Write(Table table, TableFormat format)
    {
        var bytes = new MemoryStream();
        using (var stream = new GZipStream(bytes, CompressionMode.Compress))
        {
            format.Writer().Write(table, stream);
            stream.Flush();
        }

        return bytes.ToArray();
    }
}
