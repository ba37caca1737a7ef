using Assay.Tests.Provenance;

namespace Assay.Tests.Cleaning;

/// <summary>Refs in real repositories: only what a removed run's journal says was made for it goes, and only while nobody else has a use for it.</summary>
public sealed class SnapshotCleanupTests : IDisposable
{
    private static readonly CleanupOptions Now = new() { Grace = TimeSpan.Zero };

    private readonly TestRepository _repository = new();

    private string Store => _repository.Beside("store");

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void The_branch_of_a_removed_run_goes_and_those_of_others_stay()
    {
        string first = Track("one", SnapshotOptions.Branch), second = Track("two", SnapshotOptions.Branch);
        Assert.Subset(Refs().ToHashSet(), new HashSet<string> { $"refs/heads/run/{first}", $"refs/heads/run/{second}" });
        string before = _repository.Git("status", "--porcelain") + _repository.Git("rev-parse", "HEAD") + _repository.Git("reflog");
        Remove(first);
        CleanupResult result = Assay.Store.Open(Store).PlanCleanup(Now).Run();
        Assert.Equal((CleanupKind.Snapshot, $"refs/heads/run/{first}"), (result.Freed[0].Kind, result.Freed[0].Name));
        Assert.Equal([$"refs/heads/main", $"refs/heads/run/{second}"], Refs());
        Assert.Equal(before, _repository.Git("status", "--porcelain") + _repository.Git("rev-parse", "HEAD") + _repository.Git("reflog"));
    }

    [Fact]
    public void A_shared_snapshot_stays_unless_it_is_asked_for_and_while_any_run_names_its_commit()
    {
        string first = Track("same", SnapshotOptions.Shared), second = Track("same", SnapshotOptions.Shared);
        string shared = Assert.Single(Refs(), r => r.StartsWith("refs/assay/", StringComparison.Ordinal));
        Remove(first);
        Cleanup plan = Assay.Store.Open(Store).PlanCleanup(Now with { Snapshots = true });
        Assert.DoesNotContain(plan.Items, i => i.Kind == CleanupKind.Snapshot);
        plan.Run();

        Remove(second);
        plan = Assay.Store.Open(Store).PlanCleanup(Now);
        Assert.Equal("a shared snapshot of the code, of removed runs only, stays: runs of another store may need it. --snapshots frees it.", Assert.Single(plan.Kept));
        Assert.DoesNotContain(plan.Items, i => i.Kind == CleanupKind.Snapshot);
        Assay.Store.Open(Store).PlanCleanup(Now with { Snapshots = true }).Run();
        Assert.DoesNotContain(shared, Refs());
    }

    [Fact]
    public void Refs_of_another_store_and_of_nobody_known_are_never_looked_at()
    {
        string first = Track("same", SnapshotOptions.Shared);
        string other = Track("other", SnapshotOptions.Branch, _repository.Beside("other store"));
        _repository.Git("branch", "run/by-hand");
        _repository.Git("update-ref", "refs/assay/snapshots/0000", "HEAD");
        Remove(first);
        string[] before = Refs();
        Assay.Store.Open(Store).PlanCleanup(Now with { Snapshots = true }).Run();
        Assert.Equal(before.Where(r => !r.StartsWith("refs/assay/snapshots/", StringComparison.Ordinal) || r.EndsWith("/0000", StringComparison.Ordinal)), Refs());
        Assert.Contains($"refs/heads/run/{other}", Refs());
    }

    [Fact]
    public void A_branch_that_was_worked_on_or_is_checked_out_stays()
    {
        string moved = Track("moved", SnapshotOptions.Branch), used = Track("used", SnapshotOptions.Branch);
        _repository.Git("update-ref", $"refs/heads/run/{moved}", "HEAD");
        _repository.Git("worktree", "add", "-q", _repository.Beside("tree"), $"run/{used}");
        Remove(moved);
        Remove(used);
        Cleanup plan = Assay.Store.Open(Store).PlanCleanup(Now);
        string isUsed = $"the branch 'refs/heads/run/{used}' stays, because it is checked out in '{_repository.Beside("tree")}'.";
        Assert.Equal([$"a snapshot of removed runs (refs/heads/run/{moved}) stays, because it points elsewhere than when it was made: somebody has worked on it.", isUsed], plan.Kept);
        Assert.DoesNotContain(plan.Run().Freed, i => i.Kind == CleanupKind.Snapshot);
        Assert.Contains($"refs/heads/run/{moved}", Refs());
        Assert.Contains($"refs/heads/run/{used}", Refs());

        // The journals have gone; what is still to be freed is known, and what is the user's is let be.
        Assert.Empty(new StoreLayout(Store).AllJournals());
        Assert.Equal([isUsed], Assay.Store.Open(Store).PlanCleanup(Now).Kept);
        _repository.Git("worktree", "remove", "--force", _repository.Beside("tree"));
        Assert.Equal([$"refs/heads/run/{used}"], Assay.Store.Open(Store).PlanCleanup(Now).Run().Freed.Where(i => i.Kind == CleanupKind.Snapshot).Select(i => i.Name));
        Assert.Equal(["refs/heads/main", $"refs/heads/run/{moved}"], Refs());
        Assert.Empty(new StoreLayout(Store).AllAnnotations());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_branch_stays_while_somebody_rebases_it(bool isElsewhere)
    {
        string run = Track("of the run", SnapshotOptions.Branch);
        _repository.Git("stash", "-q");
        _repository.Write("src/model.py", "print('of main')\n");
        _repository.Commit("main goes on");
        string tree = isElsewhere ? _repository.Beside("tree") : _repository.Root, folder = isElsewhere ? _repository.File(".git/worktrees/tree") : _repository.File(".git");
        if (isElsewhere) _repository.Git("worktree", "add", "-q", tree, $"run/{run}");
        else _repository.Git("switch", "-q", $"run/{run}");
        Assert.ThrowsAny<Exception>(() => _repository.Git("-C", tree, "rebase", "-q", "main"));
        Remove(run);
        Cleanup plan = Assay.Store.Open(Store).PlanCleanup(Now);
        Assert.Equal($"the branch 'refs/heads/run/{run}' stays, because a rebase or bisection of it has not ended ('{folder}/rebase-merge/head-name').", Assert.Single(plan.Kept));
        plan.Run();

        File.WriteAllText(Path.Combine(tree, "src", "model.py"), "print('of both')\n");
        _repository.Git("-C", tree, "add", "--all");
        _repository.Git("-C", tree, "-c", "core.editor=true", "rebase", "--continue");
        Assert.Equal("print('of both')", _repository.Git("show", $"run/{run}:src/model.py"));
    }

    [Fact]
    public void A_branch_stays_while_somebody_bisects_from_it()
    {
        string run = Track("of the run", SnapshotOptions.Branch);
        _repository.Git("stash", "-q");
        _repository.Git("switch", "-q", $"run/{run}");
        _repository.Git("bisect", "start");
        _repository.Git("switch", "-q", "--detach", "main");
        Remove(run);
        Cleanup plan = Assay.Store.Open(Store).PlanCleanup(Now);
        Assert.EndsWith("BISECT_START').", Assert.Single(plan.Kept), StringComparison.Ordinal);
        plan.Run();
        _repository.Git("bisect", "reset");
        Assert.Equal($"run/{run}", _repository.Git("branch", "--show-current"));
    }

    [Fact]
    public void Runs_that_share_a_dirty_tree_have_a_branch_each_and_each_goes_with_its_run()
    {
        string first = Track("same", SnapshotOptions.Branch), second = Track(null, SnapshotOptions.Branch), third = Track(null, SnapshotOptions.Branch);
        Assert.Single(new HashSet<string>([.. new[] { first, second, third }.Select(Commit)]));
        foreach ((string gone, string[] left) in new (string, string[])[] { (first, [second, third]), (second, [third]), (third, []) })
        {
            Remove(gone);
            Cleanup plan = Assay.Store.Open(Store).PlanCleanup(Now);
            Assert.Empty(plan.Kept);
            plan.Run();
            Assert.Equal(["refs/heads/main", .. left.Select(l => $"refs/heads/run/{l}").Order(StringComparer.Ordinal)], Refs());
        }
    }

    [Fact]
    public void A_run_that_names_a_commit_and_has_no_branch_of_its_own_keeps_the_branch_of_a_removed_one()
    {
        string first = Track("first", SnapshotOptions.Branch);
        _repository.Git("worktree", "add", "-q", "--detach", _repository.Beside("tree"), $"run/{first}");
        string clean = TrackIn(_repository.Beside("tree"), Store, SnapshotOptions.None);
        Assert.Equal(Commit(first), Assay.Store.Open(Store).LoadAll()[clean].Git["commit"]);
        Remove(first);
        Cleanup plan = Assay.Store.Open(Store).PlanCleanup(Now);
        Assert.Equal($"a snapshot of removed runs (refs/heads/run/{first}) stays, because runs that stay name the commit and have nothing of their own that keeps it.", Assert.Single(plan.Kept));
        plan.Run();
        Assert.Contains($"refs/heads/run/{first}", Refs());
        // When that run goes too, nothing in its journal tells of the branch.
        Remove(clean);
        Assay.Store.Open(Store).PlanCleanup(Now).Run();
        Assert.Equal(["refs/heads/main"], Refs());
    }

    [Theory]
    [InlineData(SnapshotKind.Branch)]
    [InlineData(SnapshotKind.Shared)]
    public void A_run_of_another_store_on_a_checkout_of_a_runs_branch_does_not_need_that_branch(SnapshotKind kind)
    {
        string other = _repository.Beside("other store"), first = Track("first", SnapshotOptions.Branch);
        _repository.Git("worktree", "add", "-q", "--detach", _repository.Beside("tree"), $"run/{first}");
        string second = TrackIn(_repository.Beside("tree"), other, kind == SnapshotKind.Branch ? SnapshotOptions.Branch : SnapshotOptions.Shared);
        IReadOnlyDictionary<string, object?> git = Assay.Store.Open(other).LoadAll()[second].Git;
        Assert.Equal((Commit(first), false), (git["commit"], git["dirty"]));
        Remove(first);
        Assay.Store.Open(Store).PlanCleanup(Now).Run();
        Assert.Equal([.. new[] { kind == SnapshotKind.Branch ? $"refs/heads/run/{second}" : $"refs/assay/snapshots/{git["commit"]}", "refs/heads/main" }.Order(StringComparer.Ordinal)], Refs());
        Assert.Equal(git["commit"], _repository.Git("rev-parse", "--verify", (string)git["branch"]!));
    }

    [Fact]
    public void A_branch_that_can_go_only_since_the_plan_was_shown_stays_and_is_not_forgotten()
    {
        string run = Track("one", SnapshotOptions.Branch);
        _repository.Git("worktree", "add", "-q", _repository.Beside("tree"), $"run/{run}");
        Remove(run);
        Cleanup plan = Assay.Store.Open(Store).PlanCleanup(Now);
        _repository.Git("worktree", "remove", _repository.Beside("tree"));
        Assert.DoesNotContain(plan.Run().Freed, i => i.Kind == CleanupKind.Snapshot);
        Assert.Empty(new StoreLayout(Store).AllJournals());
        Assert.Contains($"refs/heads/run/{run}", Refs());
        Assay.Store.Open(Store).PlanCleanup(Now).Run();
        Assert.Equal(["refs/heads/main"], Refs());
    }

    [Fact]
    public void A_journal_goes_when_its_branch_has_and_not_before()
    {
        string run = Track("one", SnapshotOptions.Branch);
        Remove(run);
        string inTheWay = _repository.File($".git/refs/heads/run/{run}.lock");
        File.WriteAllText(inTheWay, "");
        CleanupResult result = Assay.Store.Open(Store).PlanCleanup(Now).Run();
        Assert.Equal(2, result.Faults.Count(f => f.StartsWith($"'refs/heads/run/{run}' could not be removed: ", StringComparison.Ordinal) || f.StartsWith($"'{new StoreLayout(Store).Journal(run)}' could not be removed: ", StringComparison.Ordinal)));
        Assert.Single(new StoreLayout(Store).AllJournals());
        File.Delete(inTheWay);
        Assert.Empty(Assay.Store.Open(Store).PlanCleanup(Now).Run().Faults);
        Assert.Equal(["refs/heads/main"], Refs());
        Assert.Empty(new StoreLayout(Store).AllJournals());
        Assert.Empty(new StoreLayout(Store).AllAnnotations());
    }

    [Fact]
    public void A_shared_snapshot_can_be_freed_also_when_the_journals_have_gone()
    {
        string run = Track("same", SnapshotOptions.Shared);
        Remove(run);
        Assay.Store.Open(Store).PlanCleanup(Now).Run();
        Assert.Empty(new StoreLayout(Store).AllJournals());
        Assert.Contains("--snapshots frees it", Assert.Single(Assay.Store.Open(Store).PlanCleanup(Now).Kept), StringComparison.Ordinal);
        Assert.Empty(Assay.Store.Open(Store).PlanCleanup(Now).Items);
        Assay.Store.Open(Store).PlanCleanup(Now with { Snapshots = true }).Run();
        Assert.Equal(["refs/heads/main"], Refs());
        Assert.Empty(new StoreLayout(Store).AllAnnotations());
        Assert.Empty(Assay.Store.Open(Store).PlanCleanup(Now).Kept);
    }

    [Fact]
    public void A_branch_of_the_users_own_that_looks_like_a_runs_stays()
    {
        _repository.Git("switch", "-q", "-c", "run/mine");
        // Clean, so the branch is recorded and nothing was made; and without a snapshot although there are changes.
        string clean = Track(null, SnapshotOptions.Branch), without = Track("dirty", SnapshotOptions.None);
        Remove(clean);
        Remove(without);
        _repository.Git("stash", "-q");
        _repository.Git("switch", "-q", "main");
        Assay.Store.Open(Store).PlanCleanup(Now with { Snapshots = true }).Run();
        Assert.Contains("refs/heads/run/mine", Refs());
    }

    [Fact]
    public void A_program_that_git_has_started_leaves_the_index_git_told_it_of_as_it_is()
    {
        string index = Path.Combine(_repository.Root, ".git", "index");
        _repository.Write("src/model.py", "print('in a hook')\n");
        byte[] before = File.ReadAllBytes(index);
        var environment = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = index, ["GIT_DIR"] = Path.Combine(_repository.Root, ".git"), ["GIT_PREFIX"] = "" };
        using (var elsewhere = new TempFolder())
        {
            using TestProgram program = TestProgram.Start(elsewhere.Path, environment, "track", "dispose", Store, SnapshotOptions.Branch.Kind.ToString());
            program.ReadToEnd();
            Assert.Equal(0, program.WaitForEnd());
        }

        // It ran outside of the repository that git was at work on.
        Assert.Empty(Assay.Store.Open(Store).LoadAll()[^1].Git);
        Assert.Equal(before, File.ReadAllBytes(index));
        Assert.DoesNotContain(Refs(), r => r.Contains("run/", StringComparison.Ordinal));
    }

    private void Remove(string id) => Assay.Store.Open(Store).Remove(Assay.Store.Open(Store).LoadAll()[id]);

    private string[] Refs() => [.. _repository.Git("for-each-ref", "--format=%(refname)").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(r => r != "refs/stash")];

    private string Commit(string run) => _repository.Git("rev-parse", $"run/{run}");

    /// <summary>A program tracks a run in the repository, with uncommitted changes or without.</summary>
    private string Track(string? change, SnapshotOptions options, string? store = null)
    {
        if (change is not null) _repository.Write("src/model.py", $"print('{change}')\n");
        return TrackIn(_repository.Root, store ?? Store, options);
    }

    private static string TrackIn(string folder, string store, SnapshotOptions options)
    {
        using TestProgram program = TestProgram.Start(folder, "track", "dispose", store, options.Kind.ToString());
        program.ReadToEnd();
        Assert.Equal(0, program.WaitForEnd());
        return Assay.Store.Open(store).LoadAll()[^1].Id;
    }
}
