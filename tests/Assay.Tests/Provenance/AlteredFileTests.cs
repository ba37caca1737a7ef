using System.Runtime.Versioning;
using Assay.Git;

namespace Assay.Tests.Provenance;

/// <summary>Files that a checkout writes with other bytes than they had are named in one remark.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AlteredFileTests : IDisposable
{
    private const string Remark = "1 file may have other bytes in a checkout: x.txt";

    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("core.autocrlf", "input", null, "a\r\nb\r\n")]
    [InlineData("core.safecrlf", "true", "*.txt text eol=lf", "a\r\nb\r\n")]
    [InlineData("core.eol", "lf", "*.txt ident", "$Id: mine $\n")]
    [InlineData("core.safecrlf", "false", "*.txt ident", "$Id$\n")]
    [InlineData("filter.strip.clean", "sed s/out.*//", "*.txt filter=strip", "code out=5\n")]
    [InlineData("filter.grow.smudge", "sed s/a/aa/", "*.txt filter=grow", "a\n")]
    [InlineData("core.autocrlf", "input", "*.txt eol=crlf", "a\nb\n")]
    public void A_file_that_a_checkout_converts_is_named(string key, string value, string? attributes, string content)
    {
        CodeState state = State(key, value, attributes, content);
        Assert.Equal([Remark], state.Snapshot!.Remarks);
        Assert.NotEqual(TestRepository.Files(_repository.Root)["x.txt"], _repository.Restored(state.Commit)["x.txt"]);
        var json = new JsonBuffer();
        state.WriteFull(json);
        Assert.Contains($"\"remarks\":[\"{Remark}\"],\"altered\":1}}", json.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("core.autocrlf", "true", null, "a\r\nb\r\n")]
    [InlineData("core.autocrlf", "input", "*.txt text\n", "a\nb\n")]
    [InlineData("core.autocrlf", "false", "*.txt text eol=crlf", "a\r\nb\r\n")]
    [InlineData("core.autocrlf", "false", "*.txt working-tree-encoding=UTF-16LE", "a\0\n\0")]
    [InlineData("core.safecrlf", "false", "*.txt ident", "a\n")]
    [InlineData("filter.same.smudge", "cat", "*.txt filter=same", "a\n")]
    public void A_file_that_a_checkout_writes_as_it_was_gets_no_remark(string key, string value, string? attributes, string content)
    {
        CodeState state = State(key, value, attributes, content);
        Assert.Empty(state.Snapshot!.Remarks);
        Assert.Equal(TestRepository.Files(_repository.Root)["x.txt"], _repository.Restored(state.Commit)["x.txt"]);
    }

    [Theory]
    [InlineData("--assume-unchanged", true)]
    [InlineData("--assume-unchanged", false)]
    [InlineData("--skip-worktree", true)]
    [InlineData("--skip-worktree", false)]
    public void An_edit_that_git_is_told_to_pass_over_is_named(string mark, bool edited)
    {
        _repository.Write("x.txt", "old\n");
        _repository.Commit("more");
        _repository.Git("update-index", mark, "x.txt");
        if (edited) _repository.Write("x.txt", "new\n");
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.Untouched();
        Assert.Equal([".M data.csv"], state.Changes);
        Assert.Equal(edited ? [Remark] : [], state.Snapshot!.Remarks);
        Assert.Equal("old", _repository.Git("show", state.Commit + ":x.txt"));
    }

    [Fact]
    public void A_file_that_changes_while_the_snapshot_is_made_is_named()
    {
        _repository.Git("config", "filter.late.clean", "cat && echo more >> x.txt");
        File.WriteAllText(_repository.File(".git/info/attributes"), "z.late filter=late\n");
        _repository.Write("x.txt", "first\n");
        _repository.Write("z.late", "z\n");
        CodeState state = _repository.State();
        Assert.Equal([Remark], state.Snapshot!.Remarks);
        Assert.Equal("first", _repository.Git("show", state.Commit + ":x.txt"));
    }

    [Fact]
    public void A_required_filter_that_fails_is_reported_in_the_words_of_git()
    {
        _repository.Git("config", "filter.broken.required", "true");
        _repository.Git("config", "filter.broken.clean", "false");
        _repository.Write(".gitattributes", "*.txt filter=broken\n");
        _repository.Write("x.txt", "a\n");
        CodeState state = _repository.State();
        Assert.Equal((true, null, state.Head), (state.Dirty, state.Snapshot, state.Commit));
        Assert.Contains("clean filter 'broken' failed", state.Fault, StringComparison.Ordinal);
    }

    private CodeState State(string key, string value, string? attributes, string content)
    {
        _repository.Git("config", key, value);
        if (attributes is not null) File.WriteAllText(_repository.File(".git/info/attributes"), attributes + "\n");
        _repository.Write("x.txt", content);
        return _repository.Untouched();
    }
}
