namespace Assay.Cli.Tests;

/// <summary>Places that are no plain file: workbooks and the clipboard.</summary>
public sealed class ExportPlacesTests
{
    [Fact]
    public void A_workbook_is_saved_by_its_extension()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("export", "iris", "-o", store.File("runs.xlsx")).Exit);
        Assert.Equal("PK"u8, File.ReadAllBytes(store.File("runs.xlsx")).AsSpan(0, 2));
    }

    [Fact]
    public void The_format_can_be_named_where_the_extension_does_not_tell()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("export", "iris", "-o", store.File("runs.dat"), "--format", "avro").Exit);
        Assert.Equal(4, Table.Load(store.File("runs.dat"), TableFormat.Avro).RowCount);
    }

    [Theory]
    [InlineData("no --output is given; name a file such as runs.csv")]
    [InlineData("--format is parquet, but no --output is given; name a file such as runs.parquet", "--format", "parquet")]
    [InlineData("the clipboard is no file; leave one of them out", "--format", "clipboard", "--output", "runs.csv")]
    [InlineData("'word' is no known table format", "--format", "word", "--output", "runs.doc")]
    public void What_does_not_fit_is_refused_before_the_store_is_looked_for(string fault, params string[] arguments)
    {
        ToolResult result = Tool.Run(["export", "--store", "/no/such/store", .. arguments]);
        Assert.Equal(2, result.Exit);
        Assert.Contains(fault, result.Error, StringComparison.Ordinal);
    }

    [DesktopFact]
    public void The_clipboard_gets_the_table_and_the_tool_ends_for_whoever_reads_its_output()
    {
        using StoreFixture store = SampleStore.Make();
        using var desktop = new XDesktop();
        var environment = new Dictionary<string, string?> { ["DISPLAY"] = desktop.Display, ["WAYLAND_DISPLAY"] = null };
        string tool = Path.Combine(AppContext.BaseDirectory, "Assay.Cli.dll");
        (int exit, string output, string error) = RealProcess.Run(
            store.File(), environment, "dotnet", "exec", tool, "export", "--rows", "--format", "clipboard", "--store", store.Path);

        string expected = $"lr\thidden\treplicate\tstatus\tfold\taccuracy\trun_id\n0.1\t8\t0\tsuccess\t1\t0.9\t{StoreFixture.Id(1)}\n";
        Assert.Equal((0, "copied 1 row of 7 columns to the clipboard\n", ""), (exit, output, error));
        Assert.Equal(expected, desktop.Paste(expected));
    }
}
