using Assay.StoreTests.Contract;

namespace Assay.StoreTests;

/// <summary>A store in a folder keeps the contract.</summary>
public sealed class FileStorageTests : SharedStorageContract, IDisposable
{
    private readonly TempFolder _folder = new();

    protected override string Address => _folder.File("store");

    public void Dispose() => _folder.Dispose();

    protected override StorageBackend Open() => new FileStorage(Address);

    [Fact]
    public void A_file_where_the_store_should_be_is_named_in_the_fault()
    {
        File.WriteAllText(Address, "");

        StoreException reading = Assert.Throws<StoreException>(() => Open().ReadDescription());
        StoreException writing = Assert.Throws<StoreException>(() => Open().WriteDescription("{}"u8));
        Assert.Contains($"the store '{Address}' is a file", reading.Message, StringComparison.Ordinal);
        Assert.Contains("is a file", writing.Message, StringComparison.Ordinal);
    }
}
