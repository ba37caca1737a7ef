using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Assay.Git;

namespace Assay.Cli.Tests.Code;

/// <summary>Every run is shown, found and exported with the branch and the commit it was made on, whatever keeps its changes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class BranchTests : IDisposable
{
    private readonly CodeStore _store = new();
    private readonly CodeState _clean, _branched, _shared;

    /// <summary>A clean run on main, two with changes, and one on another branch.</summary>
    public BranchTests()
    {
        _clean = _store.Record();
        _store.Repository.Write("src/model.py", "print(2)\n");
        _branched = _store.Record(SnapshotOptions.Branch);
        _shared = _store.Record(SnapshotOptions.Shared);
        _store.Repository.Git("checkout", "-q", "-b", "side");
        _store.Record(SnapshotOptions.None);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Every_run_made_on_a_branch_is_found_by_it()
    {
        Assert.Equal(3, Total("branch = 'main'"));
        Assert.Equal(3, Total("git.head_branch = 'main'"));
        Assert.Equal(1, Total("branch = 'side'"));
        Assert.Equal(4, Total($"commit = '{_clean.Head}'"));
        Assert.Equal(2, Total("branch = 'main' and dirty"));
        Assert.Equal(1, Total($"git.branch = 'run/{CodeStore.Id(2)}'"));
        Assert.Equal(2, Total($"git.commit = '{_branched.Commit}'"));

        int Total(string condition) => JsonNode.Parse(_store.Run("ls", "--where", condition, "--json").Out)!["total"]!.GetValue<int>();
    }

    [Fact]
    public void A_run_with_changes_is_shown_with_its_branch_and_the_snapshot_behind_it()
    {
        string snapshot = $"with changes (snapshot {_branched.Commit[..12]})";
        Assert.Contains($"{_clean.Head} on main\n", _store.Run("show", CodeStore.Id(1)).Out, StringComparison.Ordinal);
        Assert.Contains($"{_clean.Head} on main, {snapshot}\n", _store.Run("show", CodeStore.Id(2)).Out, StringComparison.Ordinal);
        Assert.Contains($"{_clean.Head} on main, {snapshot}\n", _store.Run("show", CodeStore.Id(3)).Out, StringComparison.Ordinal);
        Assert.Contains($"{_clean.Head} on side, with changes\n", _store.Run("show", CodeStore.Id(4)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_compared_by_what_they_were_made_on_in_few_characters()
    {
        string[] lines = _store.Run("compare", CodeStore.Id(1), CodeStore.Id(2), CodeStore.Id(4), "--all").Out.Split('\n');
        string head = _clean.Head[..12];
        Assert.Equal(["code.git.head_branch", "main", "main", "side"], Row("code.git.head_branch"));
        Assert.Equal(["code.git.head", head, head, head], Row("code.git.head"));
        Assert.Equal(["code.git.dirty", "false", "true", "true"], Row("code.git.dirty"));
        Assert.Equal(["code.git.snapshot.commit", "–", _branched.Commit[..12], "–"], Row("code.git.snapshot.commit"));

        string[] Row(string name) => [.. Assert.Single(lines, l => l.StartsWith(name + " ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    [Fact]
    public void Tables_have_what_runs_were_made_on()
    {
        Table table = Store.Open(_store.Path).LoadAll().ToTable(new() { Tracked = true });
        Assert.Equal(["main", "main", "main", "side"], Column("git.head_branch"));
        Assert.Equal([_clean.Head, _clean.Head, _clean.Head, _clean.Head], Column("git.head"));
        Assert.Equal([false, true, true, true], Column("git.dirty"));
        Assert.Equal([null, _branched.Commit, _shared.Commit, null], Column("git.snapshot.commit"));

        object?[] Column(string name) => [.. Enumerable.Range(0, 4).Select(i => table[name][i])];
    }

    [Fact]
    public void Runs_of_an_experiment_have_the_branch_that_their_session_has()
    {
        string commit = new('5', 40), head = new('a', 40), taken = $"refs/assay/snapshots/{commit}";
        string git = $$"""
            {"commit":"{{commit}}","branch":"{{taken}}","dirty":true,"head":"{{head}}","head_branch":"main","changes":1,
            "snapshot":{"commit":"{{commit}}","ref":"{{taken}}","remarks":[]} }
            """.OneLine();
        using var store = new StoreFixture();
        store.Journal("a").Session(git: git).Begin(1, commit: commit, dirty: true).End(1).Begin(2, commit: "other").End(2);
        store.Journal("b").At(60).Session(git: """{"commit":"c","branch":"c","dirty":false,"head":"c","head_branch":""}""")
            .Begin(3, commit: "c").End(3);

        Assert.Equal("1  " + StoreFixture.Id(1)[..8] + "  main    " + head, Assert.Single(
            store.Run("ls", "--where", $"commit = '{head}'", "--columns", "branch,commit").Out.Split('\n'),
            l => l.StartsWith("1 ", StringComparison.Ordinal)));
        // A line of another session's code is believed for itself; without a branch there is none.
        Assert.Contains("other on main\n", store.Run("show", StoreFixture.Id(2)).Out, StringComparison.Ordinal);
        Assert.Contains("c on no branch\n", store.Run("show", StoreFixture.Id(3)).Out, StringComparison.Ordinal);
        Assert.Equal(0, store.Run("ls", "--where", $"branch is missing and id = '{StoreFixture.Id(3)}'").Exit);
        Table table = Store.Open(store.Path).LoadAll().ToTable(new() { Tracked = true });
        Assert.Equal(["main", "main", null], Enumerable.Range(0, 3).Select(i => table["git.head_branch"][i]));
    }
}
