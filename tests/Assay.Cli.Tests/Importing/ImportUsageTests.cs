namespace Assay.Cli.Tests.Importing;

[Trait("Category", "Quick")]
public sealed class ImportUsageTests
{
    [Theory]
    [InlineData(
        "exprag", "nothing",
        "'HERE/nothing' is no store of exprag: there is no such folder. Expected a folder with runs/*.jsonl in it, such as "
            + ".exprag. Correct the folder.")]
    [InlineData(
        "exprag", "empty",
        "'HERE/empty' is no store of exprag: it is empty. Expected a folder with runs/*.jsonl in it, such as .exprag. Correct the "
            + "folder.")]
    [InlineData(
        "exprag", "file",
        "'HERE/file' is no store of exprag: it is a file. Expected a folder with runs/*.jsonl in it, such as .exprag. Correct the "
            + "folder.")]
    [InlineData(
        "exprag", "assay",
        "'HERE/assay' is no store of exprag: it is a store of Assay, whose journals another store can take by copying runs/ and "
            + "artifacts/. Expected a folder with runs/*.jsonl in it, such as .exprag. Correct the folder.")]
    [InlineData(
        "exprag", "metalab",
        "'HERE/metalab' is no store of exprag: it has _meta.json, runs. Expected a folder with runs/*.jsonl in it, such as "
            + ".exprag. Correct the folder.")]
    [InlineData(
        "metalab", "exprag",
        "'HERE/exprag' is no store of metalab: it has runs. Expected a folder with _meta.json and runs/*.json in it, or one whose "
            + "folders are such. Correct the folder.")]
    [InlineData(
        "metalab", "assay",
        "'HERE/assay' is no store of metalab: it is a store of Assay, whose journals another store can take by copying runs/ and "
            + "artifacts/. Expected a folder with _meta.json and runs/*.json in it, or one whose folders are such. Correct the "
            + "folder.")]
    [InlineData("wandb", "exprag", "'wandb' is no system that runs can be imported from; expected exprag or metalab. Correct it.")]
    [InlineData(
        "exprag", "exprag --status done", "--status is 'done'; expected success, failed or cancelled. Correct it, or leave it out.")]
    [InlineData("metalab", "metalab --status success", "--status is 'success', but metalab records how runs end; leave it out.")]
    [InlineData("exprag", "exprag --time-zone UTC", "--time-zone is 'UTC', but the times of exprag are in UTC; leave it out.")]
    [InlineData(
        "metalab", "metalab --time-zone Mars/Base",
        "--time-zone is 'Mars/Base', which this machine does not know; expected a name such as Europe/Berlin, America/New_York or "
            + "UTC. Correct it.")]
    public void A_wrong_folder_or_option_is_wrong_usage_and_leaves_no_trace(string system, string rest, string message)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("empty"));
        Directory.CreateDirectory(folder.File("exprag", "runs"));
        Directory.CreateDirectory(folder.File("metalab", "runs"));
        Directory.CreateDirectory(folder.File("assay", "runs"));
        File.WriteAllText(folder.File("file"), "");
        File.WriteAllText(folder.File("metalab", "_meta.json"), "{}");
        File.WriteAllText(folder.File("assay", "store.json"), "{\"format\":1}");
        string[] words = rest.Split(' ');
        ToolResult result = Tool.Run(
            ["import", system, folder.File(words[0]), .. words[1..], "--store", folder.File("store")]).Replacing(folder.Path, "HERE");
        Assert.Equal(new ToolResult(2, "", $"assay: {message}\n"), result);
        Assert.False(Directory.Exists(folder.File("store")));
    }

    [Fact]
    public void A_store_within_what_is_imported_is_refused_and_not_made()
    {
        using var exprag = new ExpragFixture();
        foreach (string store in (string[])[exprag.Root, Path.Combine(exprag.Root, "store")])
        {
            ToolResult result = Tool.Run("import", "exprag", exprag.Root, "--store", store);
            Assert.Equal(2, result.Exit);
            Assert.Contains("are one folder or lie within each other", result.Error, StringComparison.Ordinal);
            Assert.Equal(["runs"], Directory.EnumerateFileSystemEntries(exprag.Root).Select(Path.GetFileName));
        }
    }

    [Fact]
    public void A_store_of_a_newer_format_is_left_alone()
    {
        using var exprag = new ExpragFixture();
        using var store = new StoreFixture(format: 2);
        exprag.Begin();
        string before = store.Snapshot();
        ToolResult result = store.Run("import", "exprag", exprag.Root);
        Assert.Equal(3, result.Exit);
        Assert.Contains("has format 2", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, store.Snapshot());
    }

    [Fact]
    public void A_folder_without_runs_is_said_to_have_none()
    {
        using var exprag = new ExpragFixture();
        ToolResult result = exprag.Import();
        Assert.Equal((1, "imported 0 runs from exprag, SOURCE\nto STORE\n"), (result.Exit, result.Out));
    }

    [Fact]
    public void Two_imports_at_once_into_one_store_are_refused()
    {
        using var exprag = new ExpragFixture();
        exprag.Begin();
        var options = new ImportOptions { Store = exprag.Store, Notice = Assert.Fail };
        using (new ImportTarget("exprag", exprag.Root, options, CancellationToken.None))
        {
            ToolResult second = exprag.Import();
            Assert.Equal(3, second.Exit);
            Assert.Contains("another import is writing to the store", second.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, exprag.Import().Exit);
    }

    [Fact]
    public void A_program_imports_as_the_command_does()
    {
        using var exprag = new ExpragFixture();
        exprag.Begin().Track("1");
        var options = new ImportOptions { Store = exprag.Store };
        Assert.Throws<ArgumentOutOfRangeException>(() => RunImport.FromExprag(exprag.Root, RunStatus.Interrupted, options));
        Assert.Throws<OperationCanceledException>(
            () => RunImport.FromExprag(exprag.Root, RunStatus.Success, options, new CancellationToken(canceled: true)));
        Assert.Empty(exprag.Load());
        ImportSummary summary = RunImport.FromExprag(exprag.Root, RunStatus.Success, options);
        Assert.Equal((new ImportedRuns(1, 1, 0, 0, 0), 1), (summary.Runs, summary.Values));
        Assert.Equal(RunStatus.Success, Assert.Single(exprag.Load()).Status);
    }
}
