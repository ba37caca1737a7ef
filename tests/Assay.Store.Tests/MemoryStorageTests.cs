using Assay.StoreTests.Contract;

namespace Assay.StoreTests;

/// <summary>A store in memory keeps the contract: nothing in it depends on files.</summary>
[Trait("Category", "Quick")]
public sealed class MemoryStorageTests : StorageContract
{
    private readonly MemoryStorage _storage = new("memory://test");

    protected override StorageBackend Open() => _storage;
}
