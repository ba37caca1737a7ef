using System.Runtime.Versioning;

namespace Assay.Tests.Tracking;

/// <summary>What is kept of lone runs that have ended, whatever becomes of their process, and what keeping it costs.</summary>
[Collection(ErrorOutput.Name)]
public sealed class EndedRunTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    private TrackOptions Options => new() { Store = _store.Path, Snapshot = SnapshotOptions.Off };

    [Fact]
    public void A_run_that_was_disposed_is_whole_when_its_process_is_killed_right_afterwards()
    {
        using TestProgram program = TestProgram.Start(_store.Around, "track", "ended", _store.Path);
        program.WaitForError("ready");
        program.Kill();
        program.WaitForEnd();
        RunRecord record = Assert.Single(_store.Load());
        Assert.Equal((RunStatus.Success, 100, 0.5), (record.Status, record.Tracked.Count, Assert.Single(record.Series("loss")).Value));
    }

    [Fact]
    public void Of_runs_in_quick_succession_every_one_that_was_disposed_is_whole_when_the_process_is_killed()
    {
        using TestProgram program = TestProgram.Start(_store.Around, "track", "many", _store.Path, "100000");
        List<string> ended = [];
        for (int i = 0; i < 500; i++) ended.Add(program.ReadLine()!);
        program.Kill();
        ended.AddRange(program.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(id => id.Length == 32));
        program.WaitForEnd();
        Results all = _store.Load();
        Assert.All(ended, id => Assert.Equal((RunStatus.Success, 1), (all[id].Status, all[id].Tracked.Count)));
        Assert.Empty(all.Damage);
    }

    [Theory]
    [InlineData("leave", 0, 0, RunStatus.Success, "run 'lone' was not disposed before the program ended, and is ended now, as a success;")]
    [InlineData("code", 3, 1, RunStatus.Failed, "run 'lone' was not disposed before the program ended, and is ended now, as failed;")]
    [InlineData("two", 0, 2, RunStatus.Success, "2 runs of names such as '")]
    public void Runs_that_nobody_disposed_keep_their_metrics_and_one_warning_says_to_dispose_them(
        string way, int exit, int metrics, RunStatus status, string warning)
    {
        (int code, _, string errors) = TestProgram.Run(_store.Around, "track", way, _store.Path);
        Assert.Equal(exit, code);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("assay: " + warning, line, StringComparison.Ordinal);
        Assert.Contains("Dispose it: using Run run = Run.Start(NAME);", line, StringComparison.Ordinal);
        Results runs = _store.Load();
        Assert.All(runs, run => Assert.Equal(status, run.Status));
        Assert.Equal(metrics, runs.Count(run => run.Metrics.ContainsKey("accuracy")));
        if (way == "code") Assert.Equal("the program ended with exit code 3", runs[0].Error!.Message);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Journals_that_end_faster_than_the_disk_takes_them_do_not_gather()
    {
        if (!OperatingSystem.IsLinux()) return;
        int most = 0;
        for (int i = 0; i < 8 * LateSync.MaxWaiting; i++)
        {
            FileJournal file = FileJournal.Create(_store.File("store", "runs", $"{i}.jsonl"), syncFolder: false);
            file.Append("line\n"u8);
            LateSync.Take(file);
            if (i % LateSync.MaxWaiting == LateSync.MaxWaiting - 1) most = Math.Max(most, Open().Length);
        }

        // Those that wait, and those that the timer is syncing.
        Assert.InRange(most, 0, 2 * LateSync.MaxWaiting);
        LateSync.SyncAll();
        Assert.Equal([], Open());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Whoever_asks_for_all_journals_on_the_disk_waits_for_those_too_that_another_thread_syncs()
    {
        if (!OperatingSystem.IsLinux()) return;
        for (int round = 0; round < 20; round++)
        {
            Parallel.For(0, 50, i => Run.Start("x", options: Options).Dispose());
            using var started = new Barrier(2);
            Task other = Task.Run(() =>
            {
                started.SignalAndWait();
                LateSync.SyncAll();
            });
            started.SignalAndWait();
            LateSync.SyncAll();
            Assert.Equal([], Open());
            await other;
        }
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void With_immediate_durability_a_journal_is_on_the_disk_and_closed_when_its_run_has_ended()
    {
        if (!OperatingSystem.IsLinux()) return;
        Run.Start("x", options: Options with { Durability = Durability.Immediate }).Dispose();
        Assert.Equal([], Open());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_run_that_ends_as_its_process_does_is_on_the_disk_and_closed_when_it_has()
    {
        if (!OperatingSystem.IsLinux()) return;
        (int exit, string output, string errors) = TestProgram.Run(_store.Around, "track", "exit", _store.Path);
        Assert.Equal((0, "0"), (exit, output.Trim()));
        Assert.StartsWith("assay: run 'lone' was not disposed", errors, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Success, Assert.Single(_store.Load()).Status);
    }

    [Fact]
    public async Task A_run_that_was_failed_and_is_disposed_removes_its_scratch_folder_once_and_says_nothing()
    {
        string errors = await ErrorOutput.While(() =>
        {
            using Run run = Run.Start("x", options: Options);
            Assert.True(Directory.Exists(run.ScratchFolder));
            run.Fail("no convergence");
            return Task.CompletedTask;
        });
        Assert.Equal("", errors);
    }

    // Journals of this store that this process holds open.
    private string[] Open() => [.. Directory.EnumerateFiles("/proc/self/fd").Select(f => new FileInfo(f).LinkTarget ?? "")
        .Where(f => f.StartsWith(Path.Combine(_store.Path, "runs"), StringComparison.Ordinal))];
}
