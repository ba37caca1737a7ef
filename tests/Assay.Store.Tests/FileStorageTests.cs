using Assay.StoreTests.Contract;

namespace Assay.StoreTests;

/// <summary>A store in a folder keeps the contract.</summary>
public sealed class FileStorageTests : SharedStorageContract, IDisposable
{
    private readonly TempFolder _folder = new();

    static FileStorageTests() => StoreLocation.Register("folder", address => new FileStorage(address["folder://".Length..]));

    // As a backend of another package is addressed: the other process knows the scheme by its own registration.
    protected override string Address => "folder://" + Folder;

    private string Folder => _folder.File("store");

    public void Dispose() => _folder.Dispose();

    protected override StorageBackend Open() => StoreLocation.Open(Address);

    [Fact]
    public void A_file_where_the_store_should_be_is_named_in_the_fault()
    {
        File.WriteAllText(Folder, "");

        StoreException reading = Assert.Throws<StoreException>(() => Open().ReadDescription());
        StoreException writing = Assert.Throws<StoreException>(() => Open().WriteDescription("{}"u8));
        Assert.Contains($"the store '{Folder}' is a file", reading.Message, StringComparison.Ordinal);
        Assert.Contains("is a file", writing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_another_writer_creates_meanwhile_is_not_replaced()
    {
        StorageBackend storage = Open();
        storage.WriteDescription("{}"u8);
        string path = storage.Locate(JournalArea.Runs, "a.jsonl");

        StoreException fault = Assert.Throws<StoreException>(() => storage.WriteJournal(JournalArea.Runs, "a.jsonl", stream =>
        {
            stream.Write("mine\n"u8);
            File.WriteAllText(path, "theirs\n");
        }));

        Assert.Contains("exists already", fault.Message, StringComparison.Ordinal);
        Assert.Equal("theirs\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }
}
