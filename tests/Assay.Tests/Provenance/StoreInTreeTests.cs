using System.Runtime.Versioning;
using Assay.Git;

namespace Assay.Tests.Provenance;

/// <summary>A store in the working tree is no part of the code.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StoreInTreeTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData(".assay", false)]
    [InlineData("src/.assay", true)]
    public void The_store_is_never_captured_wherever_it_is_in_the_tree(string store, bool throughLink)
    {
        string given = _repository.File(store);
        _repository.Write(store + "/runs/a.jsonl", "{}\n");
        _repository.Write(store + "/store.json", "{}\n");
        if (throughLink) Directory.CreateSymbolicLink(given = _repository.Beside("link"), _repository.File(store));

        Assert.False(_repository.Untouched(folder: _repository.File("src"), store: given).Dirty);

        _repository.Git("add", "--force", store);
        _repository.Write("data.csv", "changed\n");
        _repository.Captured(
            folder: _repository.File("src"), store: given, ignored: [store + "/runs/a.jsonl", store + "/store.json"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_to_the_store_is_no_part_of_the_code_wherever_it_leads(bool inside)
    {
        string target = inside ? _repository.File("results/store") : _repository.Beside("far");
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, "store.json"), "{}\n");
        Directory.CreateSymbolicLink(_repository.File("middle"), target);
        Directory.CreateSymbolicLink(_repository.File(".assay"), "middle");
        Assert.False(_repository.Untouched(store: _repository.File(".assay")).Dirty);
        _repository.Git("add", "--force", ".assay");
        _repository.Write("data.csv", "changed\n");
        string[] links = [".assay", ".assay/store.json", "middle", "middle/store.json", "results/store/store.json"];
        _repository.Captured(store: _repository.File(".assay"), ignored: links);
    }

    [Fact]
    public void A_store_that_is_the_tree_itself_is_left_out_and_the_code_beside_it_is_not()
    {
        _repository.Write("runs/a.jsonl", "{}\n");
        _repository.Write("store.json", "{}\n");
        Assert.False(_repository.Untouched(store: _repository.Root).Dirty);
        _repository.Write("data.csv", "changed\n");
        _repository.Captured(store: _repository.Root, ignored: ["runs/a.jsonl", "store.json"]);
    }

    [Fact]
    public void A_store_that_was_committed_stays_as_it_was_committed()
    {
        _repository.Write(".assay/store.json", "{}\n");
        _repository.Git("add", "--force", ".assay");
        _repository.Commit("with a store");
        _repository.Write(".assay/store.json", "{ }\n");
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Untouched(store: _repository.File(".assay"));
        Assert.Equal("{}", _repository.Git("show", state.Commit + ":.assay/store.json"));
    }
}
