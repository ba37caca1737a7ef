using Assay.Tests.Provenance;

namespace Assay.Tests.Cleaning;

/// <summary>A copy of a store has the same runs as the original, and both have them in one repository: a cleanup of the one leaves alone what the other has.</summary>
public sealed class CopiedStoreCleanupTests : IDisposable
{
    private static readonly CleanupOptions Now = new() { Grace = TimeSpan.Zero };

    private readonly TestRepository _repository = new();

    private string Original => _repository.Beside("store");

    private string Other => _repository.Beside("elsewhere");

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_cleanup_of_a_copy_leaves_the_branches_of_the_original()
    {
        string run = Track();
        Copy(Original, Other);
        Remove(Other, run);
        Cleanup plan = Store.Open(Other).PlanCleanup(Now);
        string kept = $"a snapshot of removed runs (refs/heads/run/{run}) stays, because the store stood elsewhere when it was made, in '{Original}': it is a copy or has been moved, and the runs of the original may need it. --snapshots frees it.";
        Assert.Equal([kept], plan.Kept);
        CleanupResult result = plan.Run();
        Assert.Empty(result.Faults);
        Assert.Contains(result.Freed, i => i.Kind == CleanupKind.Journal);
        Assert.Equal(Store.Open(Original).LoadAll()[run].Git["commit"], _repository.Git("rev-parse", $"run/{run}"));

        // Without its journal it is still known, and told, and freed when that is asked for.
        Assert.Equal([kept], Store.Open(Other).PlanCleanup(Now).Kept);
        Assert.Equal([CleanupKind.Snapshot, CleanupKind.Annotations], Store.Open(Other).PlanCleanup(Now with { Snapshots = true }).Run().Freed.Select(i => i.Kind));
        Assert.Equal("", Branches);
        Assert.Empty(Store.Open(Other).PlanCleanup(Now).Kept);
    }

    [Fact]
    public void A_cleanup_in_a_repository_that_was_copied_with_its_store_frees_there_and_not_in_the_original()
    {
        string store = _repository.File(".assay"), copy = _repository.Beside("copy"), copied = Path.Combine(copy, ".assay");
        string run = Track(store);
        Copy(_repository.Root, copy);
        Remove(copied, run);
        Store.Open(copied).PlanCleanup(Now).Run();
        CleanupItem item = Store.Open(copied).PlanCleanup(Now with { Snapshots = true }).Run().Freed[0];
        Assert.Equal($"no run of this store that is left needs it; it is in the repository '{copy}'", item.Why);
        Assert.Equal("", TestRepository.GitIn(copy, "for-each-ref", "--format=%(refname:short)", "refs/heads/run/"));
        Assert.Equal(Store.Open(store).LoadAll()[run].Git["commit"], _repository.Git("rev-parse", $"run/{run}"));
    }

    [Fact]
    public void A_store_that_is_reached_by_a_link_is_no_copy()
    {
        string run = Track();
        Directory.CreateSymbolicLink(Other, Original);
        Assert.Contains($"\"store\":\"{Original}\"", File.ReadAllText(new StoreLayout(Original).Journal(run)), StringComparison.Ordinal);
        Remove(Other, run);
        Cleanup plan = Store.Open(Other).PlanCleanup(Now);
        Assert.Empty(plan.Kept);
        plan.Run();
        Assert.Equal("", Branches);
    }

    [Fact]
    public void A_journal_that_does_not_say_where_its_store_was_may_be_a_copys()
    {
        string run = Track(), journal = new StoreLayout(Original).Journal(run);
        File.WriteAllText(journal, File.ReadAllText(journal).Replace($",\"store\":\"{Original}\"", "", StringComparison.Ordinal));
        Remove(Original, run);
        Cleanup plan = Store.Open(Original).PlanCleanup(Now);
        Assert.Equal(
            [$"a snapshot of removed runs (refs/heads/run/{run}) stays, because nothing says where the store stood when it was made, so it may be a copy, and the runs of the original may need it. --snapshots frees it."],
            plan.Kept);
        plan.Run();
        Assert.Equal($"run/{run}", Branches);
        Store.Open(Original).PlanCleanup(Now with { Snapshots = true }).Run();
        Assert.Equal("", Branches);
    }

    [Fact]
    public void A_run_that_was_killed_before_it_began_leaves_nothing_behind_after_a_cleanup()
    {
        string run = TrackUntilTheBranchIsMade();
        Assert.Equal($"run/{run}", Branches);
        Assert.Empty(Store.Open(Original).LoadAll());

        // What another start clears away is not what tells of the branch.
        foreach (string file in Directory.GetFiles(new StoreLayout(Original).Locks)) File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(-2));
        StoreLock.RemoveDead(new StoreLayout(Original), TimeProvider.System);

        Cleanup plan = Store.Open(Original).PlanCleanup(Now);
        Assert.Empty(plan.Kept);
        CleanupResult result = plan.Run();
        Assert.Empty(result.Faults);
        Assert.Equal([CleanupKind.Snapshot, CleanupKind.Journal, CleanupKind.Leftover, CleanupKind.Leftover], result.Freed.Select(i => i.Kind));
        Assert.Equal("", Branches);
        Assert.Empty(Directory.GetFiles(Path.Combine(Original, "runs")));
        Assert.Empty(Store.Open(Original).PlanCleanup(Now).Items);
    }

    [Fact]
    public void A_run_whose_first_line_the_disk_did_not_take_leaves_nothing_behind_after_a_cleanup()
    {
        if (OperatingSystem.IsWindows()) return;
        _repository.Write("src/model.py", "print('changed')\n");
        // A limit on the length of files, of which the runtime's own large mapping would be one.
        (int exit, _, string errors) = Testing.RealProcess.Run(
            _repository.Root, new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" }, "sh", "-c", $"trap '' XFSZ; ulimit -f 2; exec '{TestProgram.Path}' track dispose '{Original}'");
        Assert.NotEqual(0, exit);
        Assert.Contains($"cannot write '{Path.Combine(Original, "runs")}", errors, StringComparison.Ordinal);
        string journal = Assert.Single(new StoreLayout(Original).AllJournals());
        Assert.Equal((0, $"run/{Path.GetFileNameWithoutExtension(journal)}"), (new FileInfo(journal).Length, Branches));

        foreach (string file in Directory.GetFiles(new StoreLayout(Original).Locks)) File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(-2));
        CleanupResult result = Store.Open(Original).PlanCleanup(Now).Run();
        Assert.Equal([CleanupKind.Snapshot, CleanupKind.Journal, CleanupKind.Leftover, CleanupKind.Leftover], result.Freed.Select(i => i.Kind));
        Assert.Equal("", Branches);
    }

    [Fact]
    public void An_empty_journal_of_a_copy_does_not_take_the_branch_of_the_original()
    {
        string run = TrackUntilTheBranchIsMade();
        Copy(Original, Other);
        Cleanup plan = Store.Open(Other).PlanCleanup(Now);
        Assert.StartsWith($"a snapshot of removed runs (refs/heads/run/{run}) stays, because the store stood elsewhere when it was made, in '{Original}'", Assert.Single(plan.Kept), StringComparison.Ordinal);
        plan.Run();
        Assert.Equal($"run/{run}", Branches);
        Assert.Single(new StoreLayout(Other).AllJournals());
    }

    [Fact]
    public void A_branch_with_somebodys_work_stays_also_when_its_run_never_began()
    {
        string run = TrackUntilTheBranchIsMade();
        _repository.Git("stash", "-q");
        _repository.Git("switch", "-q", $"run/{run}");
        _repository.Commit("work");
        _repository.Git("switch", "-q", "main");
        Cleanup plan = Store.Open(Original).PlanCleanup(Now);
        Assert.Contains("somebody has worked on it", Assert.Single(plan.Kept), StringComparison.Ordinal);
        plan.Run();
        Assert.Equal($"run/{run}", Branches);
    }

    [Fact]
    public void A_branch_whose_commit_somebody_amended_stays_also_when_its_run_never_began()
    {
        string run = TrackUntilTheBranchIsMade();
        _repository.Git("stash", "-q");
        _repository.Git("switch", "-q", $"run/{run}");
        _repository.Write("src/model.py", "print('mended by hand')\n");
        _repository.Git("commit", "-q", "--all", "--amend", "--no-edit");
        _repository.Git("switch", "-q", "main");
        Cleanup plan = Store.Open(Original).PlanCleanup(Now);
        Assert.Contains("somebody has worked on it", Assert.Single(plan.Kept), StringComparison.Ordinal);
        plan.Run();
        Assert.Equal("print('mended by hand')", _repository.Git("show", $"run/{run}:src/model.py"));
    }

    private string Branches => _repository.Git("for-each-ref", "--format=%(refname:short)", "refs/heads/run/");

    private static void Remove(string store, string id) => Store.Open(store).Remove(Store.Open(store).LoadAll()[id]);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private string Track() => Track(Original);

    private string Track(string store)
    {
        _repository.Write("src/model.py", "print('changed')\n");
        (int exit, _, string errors) = TestProgram.Run(_repository.Root, "track", "dispose", store);
        Assert.True(exit == 0, errors);
        return Assert.Single(Store.Open(store).LoadAll()).Id;
    }

    /// <summary>The program that starts the run is killed, with a real signal, by the git it has called, when that has made the branch.</summary>
    private string TrackUntilTheBranchIsMade()
    {
        _repository.Write("src/model.py", "print('changed')\n");
        using TestProgram program = TestProgram.Start(_repository.Root, KillingGit.After(_repository.Beside("tools"), "update-ref refs/heads/run/"), "track", "dispose", Original);
        program.ReadToEnd();
        Assert.Equal(128 + 9, program.WaitForEnd());
        string journal = Assert.Single(new StoreLayout(Original).AllJournals());
        Assert.Equal(0, new FileInfo(journal).Length);
        return Path.GetFileNameWithoutExtension(journal);
    }
}
