using Assay.StoreTests.Contract;

namespace Assay.StoreTests;

/// <summary>A store in memory keeps the contract: nothing in it depends on files.</summary>
public sealed class MemoryStorageTests : StorageContract
{
    private readonly MemoryStorage _storage = new("memory://test");

    protected override StorageBackend Open() => _storage;
}
