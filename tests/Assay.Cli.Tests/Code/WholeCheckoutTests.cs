using System.Runtime.Versioning;
using System.Text.Json;
using Assay.Tests.Provenance;

namespace Assay.Cli.Tests.Code;

/// <summary>A checkout has every file of the run, whatever git was told to leave out, and says which ones git writes otherwise.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WholeCheckoutTests : IDisposable
{
    private readonly CodeStore _store = new();

    private TestRepository Repository => _store.Repository;

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("cone")]
    [InlineData("no-cone")]
    [InlineData("sparse-index")]
    [InlineData("old")]
    public void In_a_sparse_repository_every_file_is_there_and_the_settings_of_the_user_stay(string form)
    {
        Repository.Write("far/away.txt", "away\n");
        Repository.Commit("second");
        IReadOnlyDictionary<string, string> all = _store.Files();
        Sparse(form);
        Assert.False(File.Exists(Repository.File("far/away.txt")));
        string[] settings = Settings();
        _store.Record();
        string before = _store.Untouchables();
        Assert.Equal((0, ""), (_store.Run("checkout", "latest") is var result ? result.Exit : -1, result.Error));
        Assert.Equal(before, _store.Untouchables());
        Assert.Equal(settings, Settings());
        Assert.Equal(all, TestRepository.Files(_store.Checkout(1)));

        // Nor does git take the files away again later.
        TestRepository.GitIn(_store.Checkout(1), "reset", "-q", "--hard");
        TestRepository.GitIn(_store.Checkout(1), "checkout", "-q", "--detach", "HEAD");
        Assert.Equal(all, TestRepository.Files(_store.Checkout(1)));
        Repository.Git("reset", "-q", "--hard");
        Assert.False(File.Exists(Repository.File("far/away.txt")));
    }

    [Fact]
    public void Edits_within_and_without_a_sparse_checkout_come_back_with_all_the_rest()
    {
        Repository.Write("far/away.txt", "away\n");
        Repository.Write("far/off.txt", "off\n");
        Repository.Commit("second");
        Sparse("cone");
        Repository.Write("src/model.py", "sparse\n");
        Repository.Write("far/new.txt", "new\n");
        Repository.Write("far/off.txt", "edited\n");
        _store.Record();
        Dictionary<string, string> expected = _store.Files().ToDictionary(StringComparer.Ordinal);
        _store.Run("checkout", "latest");
        IReadOnlyDictionary<string, string> restored = TestRepository.Files(_store.Checkout(1));
        Assert.Equal("away\n", File.ReadAllText(Path.Combine(_store.Checkout(1), "far/away.txt")));
        Assert.Equal(expected, restored.Where(f => f.Key != "far/away.txt").ToDictionary());
    }

    [Fact]
    public void A_sparse_submodule_is_whole_too()
    {
        using var library = new TestRepository();
        library.Write("far/away.txt", "away\n");
        library.Commit("far");
        Repository.Git("submodule", "add", "-q", library.Root, "lib");
        Repository.Commit("with a submodule");
        IReadOnlyDictionary<string, string> all = _store.Files();
        TestRepository.GitIn(Repository.File("lib"), "sparse-checkout", "set", "src");
        Assert.False(File.Exists(Repository.File("lib/far/away.txt")));
        _store.Record();
        Assert.Equal(0, _store.Run("checkout", "latest").Exit);
        Assert.Equal(all, TestRepository.Files(_store.Checkout(1)));
    }

    [Fact]
    public void Edits_that_git_was_told_to_pass_over_are_named_in_the_remark_of_a_snapshot()
    {
        Repository.Git("update-index", "--assume-unchanged", "src/model.py");
        Repository.Git("update-index", "--skip-worktree", "data.csv");
        Repository.Write("src/model.py", "print(2)\n");
        Repository.Write("data.csv", "edited\n");
        Repository.Write("new.txt", "new\n");
        _store.Record();
        ToolResult result = _store.Run("checkout", "latest");
        Assert.Contains(": 2 files may have other bytes in a checkout: data.csv, src/model.py", result.Out, StringComparison.Ordinal);
        Assert.Equal("new\n", File.ReadAllText(Path.Combine(_store.Checkout(1), "new.txt")));
    }

    [Fact]
    public void A_checkout_that_lacks_a_file_is_none()
    {
        Repository.Write(".gitattributes", "*.txt filter=thief\n");
        Repository.Write("x.txt", "x\n");
        Repository.Commit("with a filter");
        _store.Record();
        // Takes away what git has written before.
        Repository.Git("config", "filter.thief.smudge", $"rm -f '{_store.Checkout(1)}/data.csv' && cat");
        ToolResult result = _store.Run("checkout", "latest");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.StartsWith(
            $"assay: the checkout '{_store.Checkout(1)}' of run {CodeStore.Id(1)} lacks 'data.csv' of commit "
                + $"{Repository.Git("rev-parse", "HEAD")}",
            result.Error);
        Assert.Contains($"git worktree remove --force '{_store.Checkout(1)}'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_checkout_that_is_there_already_missing_files_count_as_changed()
    {
        _store.Record();
        _store.Run("checkout", "latest");
        File.Delete(Path.Combine(_store.Checkout(1), "data.csv"));
        Assert.Contains(
            "note          1 file of the checkout was changed since: it is no longer the code of the run\n",
            _store.Run("checkout", "latest").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_that_has_not_every_byte_says_so_and_is_not_exact()
    {
        Repository.Write(".gitattributes", "*.txt text eol=lf\n");
        Repository.Write("x.txt", "a\r\n");
        _store.Record();
        ToolResult result = _store.Run("checkout", "latest");
        Assert.Contains(
            $"note          when run {CodeStore.Id(1)[..8]} was kept: 1 file may have other bytes in a checkout: x.txt", result.Out,
            StringComparison.Ordinal);
        using JsonDocument answer = JsonDocument.Parse(_store.Run("checkout", "latest", "--json").Out);
        Assert.False(answer.RootElement.GetProperty("exact").GetBoolean());
    }

    [Fact]
    public void A_run_is_shown_with_what_its_snapshot_lacks()
    {
        for (int i = 0; i < 6; i++) Repository.Write($"{i}.env", "TOKEN=1\n");
        Repository.Write(".gitattributes", "*.txt text eol=lf\n");
        Repository.Write("x.txt", "a\r\n");
        _store.Record();
        Assert.Contains(
            "\n  left out    6 uncommitted files: 0.env (likely a secret (its name matches *.env)), 1.env (likely a secret (its name "
                + "matches *.env)), 2.env (likely a secret (its name matches *.env)), " +
            "3.env (likely a secret (its name matches *.env)), 4.env (likely a secret (its name matches *.env)), …\n  remark      1 file "
                + "may have other bytes in a checkout: x.txt", _store.Run("show", "latest").Out, StringComparison.Ordinal);
        _store.Record("""{"commit":"1","branch":"main","dirty":true,"head":"1","changes":1,"fault":"the disk is full"}""");
        Assert.Contains("\n  not kept    the disk is full\n", _store.Run("show", "latest").Out, StringComparison.Ordinal);
    }

    private void Sparse(string form)
    {
        if (form != "old")
        {
            Repository.Git(
                "sparse-checkout", "set", form == "no-cone" ? "--no-cone" : "--cone",
                form == "sparse-index" ? "--sparse-index" : "--no-sparse-index", "src");
            return;
        }

        // As it was done before git had a command for it: the setting is that of all working trees.
        Repository.Git("config", "core.sparseCheckout", "true");
        Repository.Write(".git/info/sparse-checkout", "/src/\n/data.csv\n/.gitignore\n");
        Repository.Git("read-tree", "-m", "-u", "HEAD");
    }

    private string[] Settings() =>
        [.. ((string[])["config", "config.worktree", "info/sparse-checkout"]).Select(f => Repository.File(".git/" + f)).Select(
            f => File.Exists(f) ? File.ReadAllText(f) : "none")];
}
