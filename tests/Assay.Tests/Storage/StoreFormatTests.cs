namespace Assay.Tests.Storage;

public class StoreFormatTests
{
    private static readonly Experiment<int> One = Experiment.Create<int>("one", (_, _) => { }).Over(Space.Values(1));

    [Fact]
    public async Task A_store_of_a_newer_format_is_neither_read_nor_changed()
    {
        using var store = new TestStore();
        await One.RunAsync(store.Options);
        File.WriteAllText(Path.Combine(store.Path, "store.json"), """{"format":2,"created_by":"assay 9.0.0"}""");
        string before = Content(store.Path);
        foreach (StoreException fault in new[]
                 {
                     Assert.Throws<StoreException>(() => Store.Open(store.Path)),
                     await Assert.ThrowsAsync<StoreException>(() => One.RunAsync(store.Options with { Resume = ResumeMode.All })),
                 })
        {
            Assert.Contains($"'{store.Path}' has format 2", fault.Message, StringComparison.Ordinal);
            Assert.Contains("knows formats up to 1", fault.Message, StringComparison.Ordinal);
            Assert.Contains("Update Assay", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Content(store.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"format":"one"}""")]
    [InlineData("""{"format":1e300}""")]
    public async Task A_damaged_description_is_told_with_the_way_out(string description)
    {
        using var store = new TestStore();
        await One.RunAsync(store.Options);
        File.WriteAllText(Path.Combine(store.Path, "store.json"), description);
        StoreException fault = Assert.Throws<StoreException>(() => Store.Open(store.Path));
        Assert.Contains("is not readable: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("""{"format":1}""", fault.Message, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(store.Path, "store.json"), """{"format":1}""");
        Assert.Single(store.Load().Successful);
    }

    [Fact]
    public async Task Journals_without_a_description_are_told_with_the_way_out()
    {
        using var store = new TestStore();
        await One.RunAsync(store.Options);
        File.Delete(Path.Combine(store.Path, "store.json"));
        StoreException fault = Assert.Throws<StoreException>(() => Store.Open(store.Path));
        Assert.Contains("has journals but no description of its format (store.json", fault.Message, StringComparison.Ordinal);
    }

    private static string Content(string folder) => string.Join('\n', Directory
        .EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => $"{f} {(File.Exists(f) ? Convert.ToHexString(File.ReadAllBytes(f)) : "folder")}"));
}
