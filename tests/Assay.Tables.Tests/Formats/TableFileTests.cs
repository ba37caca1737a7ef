using static Assay.Tables.Tests.TableAssert;

namespace Assay.Tables.Tests.Formats;

[Trait("Category", "Quick")]
public class TableFileTests
{
    private static readonly Table Sample = Table.FromColumns(Column.Of("a", [1, 2]));

    [Fact]
    public void An_unknown_extension_is_refused_with_what_is_known()
    {
        using var folder = new TempFolder();
        var fault = Assert.Throws<TableException>(() => Sample.Save(folder.File("out", "runs.xyz")));

        Assert.Contains("'.xyz'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(".csv", fault.Message, StringComparison.Ordinal);
        Assert.Contains("pass the format", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.Contains(
            "no extension", Assert.Throws<TableException>(() => TableFormats.FromPath("runs")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_is_found_by_name()
    {
        foreach (TableFormat format in Enum.GetValues<TableFormat>())
        {
            Assert.Equal(format, TableFormats.FromName(format.Name()));
            if (format is not (TableFormat.Clipboard or TableFormat.Excel or TableFormat.Avro)) Assert.NotNull(format.Writer());
        }

        Assert.Contains("ndjson", Assert.Throws<TableException>(() => TableFormats.FromName("excel97")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_of_a_package_that_is_not_referred_to_names_the_package()
    {
        Assert.Contains("'dotnet add package Assay.Excel'", TableFormat.Excel.WriteFault(), StringComparison.Ordinal);
        Assert.Equal(TableFormat.Excel.WriteFault(), Assert.Throws<TableException>(() => Sample.Save("runs.xlsx")).Message);
        Assert.DoesNotContain(TableFormat.Excel, TableFormats.Writable);
        Assert.Contains(
            "'dotnet add package Assay.Avro'", Assert.Throws<TableException>(() => TableFormat.Avro.Reader()).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(TableFormat.Avro, TableFormats.Readable);
        Assert.Null(TableFormat.Csv.WriteFault());
    }

    [Fact]
    public async Task Folders_are_created_and_nothing_but_the_file_stays()
    {
        using var folder = new TempFolder();
        Sample.Save(folder.File("deep", "er", "runs.csv"));
        await Sample.SaveAsync(folder.File("deep", "er", "runs.csv"));
        Sample.Save(folder.File("deep", "er", "odd.name"), TableFormat.NdJson);

        Assert.Equal(["odd.name", "runs.csv"], Directory.GetFiles(folder.File("deep", "er")).Select(Path.GetFileName).Order());
        TableAssert.Equal(Sample, Table.Load(folder.File("deep", "er", "runs.csv")));
        TableAssert.Equal(Sample, await Table.LoadAsync(folder.File("deep", "er", "odd.name"), TableFormat.NdJson));
    }

    [Fact]
    public void A_failed_save_leaves_the_old_file()
    {
        using var folder = new TempFolder();
        string path = folder.File("runs.csv");
        Sample.Save(path);
        Assert.Throws<InvalidOperationException>(() => Sample.Save(path, new FailingWriter()));

        TableAssert.Equal(Sample, Table.Load(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_cancelled_save_leaves_nothing()
    {
        using var folder = new TempFolder();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Sample.SaveAsync(folder.File("x.csv"), cancellationToken: new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_fault_names_the_file()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("bad.csv"), "a\n\"x");
        var fault = Assert.Throws<TableException>(() => Table.Load(folder.File("bad.csv")));

        Assert.Contains("bad.csv", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, fault.Line);
    }

    [Fact]
    public async Task A_stream_stays_open()
    {
        using var stream = new MemoryStream();
        Sample.Write(stream, TableFormat.Csv);
        await Sample.Head(1).WriteAsync(stream, TableFormat.Csv);
        Assert.Equal("a\n1\n2\na\n1\n", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal("a: Int64", Schema(Sample));
    }

    private sealed class FailingWriter : ITableWriter
    {
        public void Write(Table table, Stream stream)
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public void A_link_stays_a_link_and_the_file_it_leads_to_gets_the_table()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("real.csv"), "old");
        File.CreateSymbolicLink(folder.File("link.csv"), folder.File("real.csv"));
        Table.FromColumns(Column.Of("a", [1])).Save(folder.File("link.csv"));
        Assert.Equal("a\n1\n", File.ReadAllText(folder.File("real.csv")));
        Assert.Equal(folder.File("real.csv"), new FileInfo(folder.File("link.csv")).LinkTarget);
    }

    [Fact]
    public void A_device_is_written_to_and_stays_a_device()
    {
        if (!File.Exists("/dev/null")) return;
        Table.FromColumns(Column.Of("a", [1])).Save("/dev/null", TableFormat.Csv);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Equal("", File.ReadAllText("/dev/null"));
    }
}
