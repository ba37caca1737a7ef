using Assay.Tests.Provenance;

namespace Assay.Tests.Cleaning;

/// <summary>
/// Refs in real repositories: only what the journal of a removed run names goes, on request, and only while no other run needs it.
/// </summary>
public sealed class SnapshotCleanupTests : IDisposable
{
    private readonly TestRepository _repository = new();

    private CleanupOptions All => new() { Grace = TimeSpan.Zero, Parts = [new SnapshotPart(_repository.Root)] };

    private string Store => _repository.Beside("store");

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void The_branch_of_a_removed_run_goes_and_those_of_others_stay()
    {
        string first = Track("one", SnapshotOptions.Branch), second = Track("two", SnapshotOptions.Branch);
        string before = _repository.Git("status", "--porcelain") + _repository.Git("rev-parse", "HEAD") + _repository.Git("reflog");
        Remove(first);

        CleanupResult result = Plan(All).Run();

        Assert.Equal((CleanupKind.Snapshot, $"refs/heads/run/{first}"), (result.Freed[0].Kind, result.Freed[0].Name));
        Assert.Equal(["refs/heads/main", $"refs/heads/run/{second}"], Refs());
        Assert.Equal(before, _repository.Git("status", "--porcelain") + _repository.Git("rev-parse", "HEAD") + _repository.Git("reflog"));
    }

    [Fact]
    public void Without_a_request_every_snapshot_stays_and_is_counted()
    {
        string run = Track("one", SnapshotOptions.Branch);
        Remove(run);

        Cleanup plan = Plan(All with { Parts = [] });

        Assert.Equal((1, 0), (plan.SnapshotsLeft, Plan(All).SnapshotsLeft));
        plan.Run();
        Assert.Contains($"refs/heads/run/{run}", Refs());
    }

    [Theory]
    [InlineData("written", "a process writes to the store")]
    [InlineData("damaged", "git did not answer")]
    [InlineData("elsewhere", "there is no git repository")]
    public void A_journal_stays_while_nobody_can_delete_its_snapshot(string trouble, string why)
    {
        string run = Track("one", SnapshotOptions.Branch), packed = _repository.File(".git/packed-refs");
        Remove(run);
        Lease? writer = trouble == "written"
            ? new FileStorage(Store).TryTakeLease("other", LeaseKind.Writer, TimeProvider.System, out _)
            : null;
        if (trouble == "damaged") File.WriteAllText(packed, "no list of refs\n");
        CleanupOptions options = trouble == "elsewhere" ? All with { Parts = [new SnapshotPart(Path.GetTempPath())] } : All;

        Cleanup plan = Plan(options);
        Assert.Contains(why, Assert.Single(plan.Kept), StringComparison.Ordinal);
        Assert.Empty(plan.Run().Faults);

        File.Delete(packed);
        writer?.Dispose();
        Assert.Contains($"refs/heads/run/{run}", Refs());
        Assert.Single(new FileStorage(Store).ListJournals(JournalArea.Runs));
        Assert.Empty(Plan(All).Run().Faults);
        Assert.Equal(["refs/heads/main"], Refs());
        Assert.Empty(new FileStorage(Store).ListJournals(JournalArea.Runs));
    }

    [Fact]
    public void A_shared_snapshot_goes_only_when_no_run_names_its_commit()
    {
        string first = Track("same", SnapshotOptions.Shared), second = Track("same", SnapshotOptions.Shared);
        string shared = Assert.Single(Refs(), r => r.StartsWith("refs/assay/", StringComparison.Ordinal));
        Remove(first);
        Plan(All).Run();
        Assert.Contains(shared, Refs());

        Remove(second);
        Plan(All).Run();
        Assert.DoesNotContain(shared, Refs());
    }

    [Fact]
    public void Runs_that_share_a_dirty_tree_have_a_branch_each_and_each_goes_with_its_run()
    {
        string first = Track("same", SnapshotOptions.Branch), second = Track(null, SnapshotOptions.Branch), third = Track(
            null, SnapshotOptions.Branch);
        Assert.Single(new HashSet<string>([.. new[] { first, second, third }.Select(Commit)]));
        foreach ((string gone, string[] left) in new (string, string[])[] { (first, [second, third]), (second, [third]), (third, []) })
        {
            Remove(gone);
            Plan(All).Run();
            Assert.Equal(["refs/heads/main", .. left.Select(l => $"refs/heads/run/{l}").Order(StringComparer.Ordinal)], Refs());
        }
    }

    [Fact]
    public void Refs_that_no_journal_names_stay()
    {
        string first = Track("same", SnapshotOptions.Shared), other = Track(
            "other", SnapshotOptions.Branch, _repository.Beside("other store"));
        _repository.Git("branch", "run/by-hand");
        _repository.Git("update-ref", "refs/assay/snapshots/0000", "HEAD");
        Remove(first);
        string[] before = Refs();

        Plan(All).Run();

        Assert.Equal(
            before.Where(r => !r.StartsWith("refs/assay/", StringComparison.Ordinal) || r.EndsWith("/0000", StringComparison.Ordinal)),
            Refs());
        Assert.Contains($"refs/heads/run/{other}", Refs());
    }

    [Fact]
    public void A_branch_that_was_moved_or_is_checked_out_stays()
    {
        string moved = Track("moved", SnapshotOptions.Branch), used = Track("used", SnapshotOptions.Branch);
        _repository.Git("update-ref", $"refs/heads/run/{moved}", "HEAD");
        _repository.Git("worktree", "add", "-q", _repository.Beside("tree"), $"run/{used}");
        Remove(moved);
        Remove(used);

        Assert.DoesNotContain(Plan(All).Run().Freed, i => i.Kind == CleanupKind.Snapshot);

        Assert.Equal(
            ["refs/heads/main", .. new[] { $"refs/heads/run/{moved}", $"refs/heads/run/{used}" }.Order(StringComparer.Ordinal)], Refs());
    }

    [Fact]
    public void A_branch_stays_while_it_is_bisected()
    {
        string run = Track("of the run", SnapshotOptions.Branch);
        _repository.Git("stash", "-q");
        _repository.Git("switch", "-q", $"run/{run}");
        _repository.Git("bisect", "start");
        _repository.Git("switch", "-q", "--detach", "main");
        Remove(run);

        CleanupResult result = Plan(All).Run();

        Assert.StartsWith($"'refs/heads/run/{run}' could not be removed: ", Assert.Single(result.Faults), StringComparison.Ordinal);
        _repository.Git("bisect", "reset");
        Assert.Equal($"run/{run}", _repository.Git("branch", "--show-current"));
    }

    [Fact]
    public void A_journal_goes_when_its_branch_has_and_not_before()
    {
        string run = Track("one", SnapshotOptions.Branch);
        Remove(run);
        string inTheWay = _repository.File($".git/refs/heads/run/{run}.lock");
        File.WriteAllText(inTheWay, "");

        Assert.StartsWith(
            $"'refs/heads/run/{run}' could not be removed: ", Assert.Single(Plan(All).Run().Faults), StringComparison.Ordinal);

        Assert.Single(new FileStorage(Store).ListJournals(JournalArea.Runs));
        File.Delete(inTheWay);
        Assert.Empty(Plan(All).Run().Faults);
        Assert.Equal(["refs/heads/main"], Refs());
        Assert.Empty(new FileStorage(Store).ListJournals(JournalArea.Runs));
        Assert.Empty(new FileStorage(Store).ListJournals(JournalArea.Annotations));
    }

    [Fact]
    public void A_program_that_git_has_started_leaves_the_index_git_told_it_of_as_it_is()
    {
        string index = Path.Combine(_repository.Root, ".git", "index");
        _repository.Write("src/model.py", "print('in a hook')\n");
        byte[] before = File.ReadAllBytes(index);
        var environment = new Dictionary<string, string>
        {
            ["GIT_INDEX_FILE"] = index,
            ["GIT_DIR"] = Path.Combine(_repository.Root, ".git"),
            ["GIT_PREFIX"] = "",
        };
        using (var elsewhere = new TempFolder())
        {
            using TestProgram program = TestProgram.Start(
                elsewhere.Path, environment, "track", "dispose", Store, SnapshotOptions.Branch.Kind.ToString());
            program.ReadToEnd();
            Assert.Equal(0, program.WaitForEnd());
        }

        // It ran outside of the repository that git was at work on.
        Assert.Empty(Assay.Store.Open(Store).LoadAll()[^1].Git);
        Assert.Equal(before, File.ReadAllBytes(index));
        Assert.DoesNotContain(Refs(), r => r.Contains("run/", StringComparison.Ordinal));
    }

    private Cleanup Plan(CleanupOptions options) => Assay.Store.Open(Store).PlanCleanup(options);

    private void Remove(string id) => Assay.Store.Open(Store).Remove(Assay.Store.Open(Store).LoadAll()[id]);

    private string[] Refs()
    {
        string[] refs = _repository.Git("for-each-ref", "--format=%(refname)").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. refs.Where(r => r != "refs/stash")];
    }

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
