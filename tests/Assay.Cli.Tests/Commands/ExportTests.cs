namespace Assay.Cli.Tests;

public sealed class ExportTests
{
    [Fact]
    public void Runs_are_saved_with_the_columns_of_every_run()
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run("export", "--output", store.File("out", "runs.csv"));
        Assert.Equal(new ToolResult(0, "wrote 5 rows of 23 columns to STORE/out/runs.csv\n", ""), result);
        Approved.Matches("export", File.ReadAllText(store.File("out", "runs.csv")));
    }

    [Theory]
    [InlineData("runs.json")]
    [InlineData("runs.ndjson")]
    [InlineData("runs.tsv")]
    public void The_extension_names_the_format(string file)
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("export", "iris", "-o", store.File(file)).Exit);
        Assert.Equal(4, Table.Load(store.File(file)).RowCount);
    }

    [Fact]
    public void Output_rows_are_saved_on_request()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("export", "--rows", "--output", store.File("rows.csv"), "--json").Exit);
        Assert.Equal("lr,hidden,replicate,status,fold,accuracy\n0.1,8,0,success,1,0.9\n", File.ReadAllText(store.File("rows.csv")));
    }

    [Fact]
    public void A_dash_is_standard_output_in_the_named_format()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(new ToolResult(0, "lr\thidden\treplicate\tstatus\tfold\taccuracy\n0.1\t8\t0\tsuccess\t1\t0.9\n", ""), store.Run("export", "--rows", "--output", "-", "--format", "tsv"));
    }

    [Theory]
    [InlineData("--output is '-', standard output, which has no extension; name the format too")]
    [InlineData("--json and --output - would both write to standard output", "--format", "csv", "--json")]
    [InlineData("parquet is a binary format; write it to a stream or a file", "--format", "parquet")]
    [InlineData("'cvs' is no known table format; use one of csv", "--format", "cvs")]
    public void What_cannot_go_to_standard_output_is_refused(string message, params string[] arguments)
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run(["export", "--output", "-", .. arguments]);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_format_beats_the_extension()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal(0, store.Run("export", "--rows", "--output", store.File("rows.txt"), "--format", "csv").Exit);
        Assert.Equal("lr,hidden,replicate,status,fold,accuracy\n0.1,8,0,success,1,0.9\n", File.ReadAllText(store.File("rows.txt")));
    }

    [Fact]
    public void An_unknown_extension_is_refused_before_the_store_is_looked_for()
    {
        ToolResult result = Tool.Run("export", "--output", "runs.xyz", "--store", "/no/such/store");
        Assert.Equal(2, result.Exit);
        Assert.StartsWith("assay: '.xyz' of 'runs.xyz' is no known table format; known are .csv", result.Error);
    }

    [Fact]
    public void Nothing_to_save_writes_no_file()
    {
        using StoreFixture store = SampleStore.Make();
        Assert.Equal((1, "none of 1 run recorded rows, so nothing was written\n"), (store.Run("export", "pi", "--rows", "-o", store.File("x.csv")) is var r ? (r.Exit, r.Out) : default));
        Assert.False(File.Exists(store.File("x.csv")));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_bad_input()
    {
        using StoreFixture store = SampleStore.Make();
        File.WriteAllText(store.File("file"), "");
        ToolResult result = store.Run("export", "-o", store.File("file", "x.csv"));
        Assert.Equal(2, result.Exit);
        Assert.Contains("cannot be written", result.Error, StringComparison.Ordinal);
    }
}
