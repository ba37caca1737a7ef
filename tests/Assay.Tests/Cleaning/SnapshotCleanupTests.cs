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
        Cleanup plan = Assay.Store.Open(Store).PlanCleanup(Now with { SharedSnapshots = true });
        Assert.DoesNotContain(plan.Items, i => i.Kind == CleanupKind.Snapshot);
        plan.Run();

        Remove(second);
        plan = Assay.Store.Open(Store).PlanCleanup(Now);
        Assert.Equal("a shared snapshot of the code, of removed runs only, stays: runs of another store may need it. --shared-snapshots frees it.", Assert.Single(plan.Kept));
        Assert.DoesNotContain(plan.Items, i => i.Kind == CleanupKind.Snapshot);
        Assay.Store.Open(Store).PlanCleanup(Now with { SharedSnapshots = true }).Run();
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
        Assay.Store.Open(Store).PlanCleanup(Now with { SharedSnapshots = true }).Run();
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
        Assert.Equal($"the branch 'refs/heads/run/{used}' stays, because it is checked out in '{_repository.Beside("tree")}'.", Assert.Single(plan.Kept));
        Assert.DoesNotContain(plan.Run().Freed, i => i.Kind == CleanupKind.Snapshot);
        Assert.Contains($"refs/heads/run/{moved}", Refs());
        Assert.Contains($"refs/heads/run/{used}", Refs());
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
        Assay.Store.Open(Store).PlanCleanup(Now with { SharedSnapshots = true }).Run();
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

    /// <summary>A program tracks a run in the repository, with uncommitted changes or without.</summary>
    private string Track(string? change, SnapshotOptions options, string? store = null)
    {
        if (change is not null) _repository.Write("src/model.py", $"print('{change}')\n");
        using TestProgram program = TestProgram.Start(_repository.Root, "track", "dispose", store ?? Store, options.Kind.ToString());
        program.ReadToEnd();
        Assert.Equal(0, program.WaitForEnd());
        return Assay.Store.Open(store ?? Store).LoadAll()[^1].Id;
    }
}
