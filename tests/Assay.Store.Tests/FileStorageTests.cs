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
}
