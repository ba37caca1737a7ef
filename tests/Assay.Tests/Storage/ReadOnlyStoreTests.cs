namespace Assay.Tests.Storage;

public class ReadOnlyStoreTests
{
    private static readonly Experiment<int> Pair = Experiment.Create<int>("pair", (n, run) => run.Metric("n", n)).Over(Space.Values(1, 2));

    [SmallDiskFact]
    public async Task A_store_on_a_read_only_disk_can_be_read_and_says_that_it_cannot_be_written()
    {
        using var disk = new SmallDisk(4 << 20);
        await Pair.RunAsync(TestStore.OptionsFor(disk.Store) with { Head = 1 });
        disk.MakeReadOnly();
        StoreException fault = await Assert.ThrowsAsync<StoreException>(() => Pair.RunAsync(TestStore.OptionsFor(disk.Store)));

        Assert.StartsWith($"cannot write '{disk.Store}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", fault.Message, StringComparison.Ordinal);
        Assert.Contains("fix the permissions, or choose another store", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("free", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1L, Assert.Single(Store.Open(disk.Store).Load("pair")).Metrics["n"]);
    }

    [Fact]
    public async Task A_store_that_cannot_be_made_is_told_with_its_path()
    {
        // A file where a folder should be refuses everybody, also those who may write everywhere.
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("file"), "");
        string store = folder.File("file", "store");
        StoreException fault = await Assert.ThrowsAsync<StoreException>(() => Pair.RunAsync(TestStore.OptionsFor(store)));
        Assert.StartsWith($"cannot write '{store}", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"'{folder.File("file")}' is a file", fault.Message, StringComparison.Ordinal);
        Assert.Contains("choose another store", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_a_file_is_told_to_be_one()
    {
        using var folder = new TempFolder();
        string store = folder.File("store");
        File.WriteAllText(store, "results");
        StoreException written = await Assert.ThrowsAsync<StoreException>(() => Pair.RunAsync(TestStore.OptionsFor(store)));
        StoreException read = Assert.Throws<StoreException>(() => Store.Open(store));

        Assert.StartsWith($"the store '{store}' is a file. Expected a folder", written.Message, StringComparison.Ordinal);
        Assert.Equal(written.Message, read.Message);
        Assert.Equal("results", File.ReadAllText(store));
    }

    [Fact]
    public async Task A_store_whose_folder_of_journals_is_a_file_is_told_and_keeps_nothing_half_done()
    {
        using var store = new TestStore();
        await Pair.RunAsync(store.Options with { Head = 1 });
        string runs = Path.Combine(store.Path, "runs");
        Directory.Move(runs, store.File("aside"));
        File.WriteAllText(runs, "");
        StoreException fault = await Assert.ThrowsAsync<StoreException>(() => Pair.RunAsync(store.Options));
        Assert.Contains($"cannot write '{runs}", fault.Message, StringComparison.Ordinal);

        File.Delete(runs);
        Directory.Move(store.File("aside"), runs);
        Assert.Equal(2, (await Pair.RunAsync(store.Options)).Successful.Count);
    }
}
