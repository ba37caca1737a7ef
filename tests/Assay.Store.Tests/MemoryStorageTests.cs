using Assay.StoreTests.Contract;

namespace Assay.StoreTests;

/// <summary>A store in memory keeps the contract: nothing in it depends on files.</summary>
[Trait("Category", "Quick")]
public sealed class MemoryStorageTests : StorageContract
{
    private readonly MemoryStorage _storage = new("memory://test");

    protected override StorageBackend Open() => _storage;

    [Fact]
    public void A_check_names_what_it_looks_for_in_folders_only()
    {
        StoreHealth health = StoreCheck.Run(Created());
        Assert.Equal((0, FindingKind.NotChecked), (health.Problems, Assert.Single(health.Findings).Kind));
    }

    [Fact]
    public void A_missing_store_with_an_address_is_not_called_a_folder()
    {
        Assert.Equal(
            "there is no store at 'memory://test': expected a store. Correct the path, or run an experiment with this store to create it.",
            Assert.Throws<StoreException>(() => Store.Open(Open())).Message);
        _storage.CreateJournal("a.jsonl").Dispose();
        StoreException fault = Assert.Throws<StoreException>(() => Store.Open(Open()));
        Assert.Contains("has journals but no description of its format", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheme_that_no_backend_knows_is_named_with_those_there_are()
    {
        StoreException fault = Assert.Throws<StoreException>(() => StoreLocation.Open("nowhere://x"));
        Assert.Matches("'nowhere', which no backend [a-z ]+ knows; expected a path(, or a URL with one of: [a-z]+)?[.]", fault.Message);
    }

    [Fact]
    public void The_holder_of_a_lease_is_read_from_what_it_writes_and_from_nothing_else()
    {
        var holder = LeaseHolder.ThisProcess(DateTimeOffset.UnixEpoch);
        Assert.Equal(holder, LeaseHolder.TryParse(holder.ToJson()));
        Assert.Null(LeaseHolder.TryParse("{}"u8));
        Assert.Null(LeaseHolder.TryParse("{"u8));
    }
}
