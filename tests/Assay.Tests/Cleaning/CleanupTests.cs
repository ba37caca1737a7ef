using Assay.Tests.Annotations;

namespace Assay.Tests.Cleaning;

public sealed class CleanupTests : IDisposable
{
    private static readonly CleanupOptions Now = new() { Grace = TimeSpan.Zero };

    private readonly AnnotatedStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_store_without_anything_to_free_is_left_alone()
    {
        await _store.RunAsync();
        _store.Store.Note(_store.Run(1), "x");
        string before = Snapshot();
        Cleanup plan = _store.Store.PlanCleanup(Now);
        Assert.Empty(plan.Items);
        Assert.Empty(plan.Kept);
        Assert.Empty(plan.Run().Freed);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task A_journal_whose_runs_are_all_removed_goes_with_what_only_they_refer_to()
    {
        await _store.RunAsync(head: 3);
        await _store.RunAsync();
        string first = _store.Run(0).Journal;
        _store.Store.Note(_store.Run(1), "of a removed run");
        _store.Store.Note(_store.Run(4), "of another");
        string[] expected = [.. Enumerable.Range(3, 3).Select(n => Everything(_store.Run(n)))];
        _store.Store.Remove(_store.Run(0), _store.Run(1), _store.Run(2));

        Cleanup plan = _store.Store.PlanCleanup(Now);
        string before = Snapshot();
        Assert.Equal(3, plan.Runs.Count);
        Assert.Equal(
            [CleanupKind.Journal, .. Enumerable.Repeat(CleanupKind.Artifact, 3), CleanupKind.Annotations, CleanupKind.Annotations],
            plan.Items.Select(i => i.Kind));
        Assert.Equal(plan.Items.Sum(i => new FileInfo(i.Name).Length), plan.Bytes);
        Assert.Equal(before, Snapshot());

        CleanupResult result = plan.Run();
        Assert.Empty(result.Faults);
        Assert.Equal(plan.Items.Select(i => i.Name), result.Freed.Select(i => i.Name));
        Assert.False(File.Exists(first));
        Assert.Equal(expected, Enumerable.Range(3, 3).Select(n => Everything(_store.Run(n))));
        Assert.Single(Directory.GetFiles(_store.Folder));
        Assert.Empty(_store.Store.Removed());
        Assert.Empty(_store.Store.PlanCleanup(Now).Items);
        Assert.Equal("0 1 2", await _store.RunAsync());
    }

    [Fact]
    public async Task Of_a_run_that_shares_its_journal_the_artifacts_go_and_nothing_else_changes()
    {
        await _store.RunAsync();
        string journal = File.ReadAllText(JournalText.Only(_store.Path));
        RemovedRun removed = Assert.Single(_store.Store.Remove(_store.Run(3)));
        Cleanup plan = _store.Store.PlanCleanup(Now);
        Assert.Equal([removed.Id], plan.Runs.Select(r => r.Id));
        Assert.Equal(CleanupKind.Artifact, Assert.Single(plan.Run().Freed).Kind);

        Assert.Equal(journal, File.ReadAllText(JournalText.Only(_store.Path)));
        Assert.Equal("0 1 2 4 5", _store.Shown);
        foreach (int n in (int[])[0, 1, 2, 4, 5]) Assert.Equal("the same in every run", _store.Run(n).ArtifactText("common"));
        RemovedRun freed = Assert.Single(_store.Store.Removed());
        Assert.NotNull(freed.FreedAt);
        AssayException fault = Assert.Throws<AssayException>(() => _store.Store.Restore(freed));
        Assert.Matches(
            $"^run {removed.Id} was removed on .* UTC and freed on .* UTC, so it cannot be restored. Nothing was restored.$",
            fault.Message);
        Assert.Equal("3", await _store.RunAsync());
        Assert.Equal(2, _store.Run(3).Attempt);
        Assert.Empty(_store.Store.PlanCleanup(Now).Items);
    }

    [Fact]
    public async Task What_was_removed_after_the_plan_was_shown_stays()
    {
        await _store.RunAsync(head: 3);
        await _store.RunAsync();
        _store.Store.Remove(_store.Run(0), _store.Run(1), _store.Run(2));
        Cleanup plan = _store.Store.PlanCleanup(Now);
        _store.Store.Remove(_store.Run(3), _store.Run(4), _store.Run(5));
        plan.Run();
        _store.Store.Restore([.. _store.Store.Removed().Where(r => r.FreedAt is null)]);
        Assert.Equal("3 4 5", _store.Shown);
        Assert.All(Enumerable.Range(3, 3), n => Assert.StartsWith("of run", _store.Run(n).ArtifactText("own"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_restored_after_the_plan_was_shown_stays()
    {
        await _store.RunAsync(head: 3);
        _store.Store.Remove(_store.Run(0), _store.Run(1), _store.Run(2));
        Cleanup plan = _store.Store.PlanCleanup(Now);
        _store.Store.Restore([.. _store.Store.Removed()]);
        Assert.Empty(plan.Run().Freed);
        Assert.Equal("0 1 2", _store.Shown);
        Assert.All(Enumerable.Range(0, 3), n => Assert.StartsWith("of run", _store.Run(n).ArtifactText("own"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Artifacts_that_nothing_names_go_when_they_are_old_enough_and_nobody_writes()
    {
        await _store.RunAsync();
        string orphan = Orphan("left by a killed run");
        Assert.Empty(_store.Store.PlanCleanup().Items);
        File.SetLastWriteTimeUtc(orphan, File.GetLastWriteTimeUtc(orphan).AddMinutes(-11));
        Assert.Equal([orphan], _store.Store.PlanCleanup().Items.Select(i => i.Name));

        using (Run live = Run.Start("live", options: new TrackOptions { Store = _store.Path, Snapshot = SnapshotOptions.Off }))
        {
            Cleanup plan = _store.Store.PlanCleanup();
            Assert.Empty(plan.Items);
            Assert.Equal(
                $"an artifact to which no readable line refers stays, because somebody writes to the store ({live.Id}) and may be about to "
                    + "name one; clean up again later.", Assert.Single(plan.Kept));
        }

        Assert.Equal(orphan, Assert.Single(_store.Store.PlanCleanup().Run().Freed).Name);
        Assert.False(File.Exists(orphan));
    }

    [Fact]
    public async Task Files_of_a_recorded_folder_stay_while_a_run_that_recorded_it_does()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("a"), "content a");
        File.WriteAllText(folder.File("b"), "content b");
        string store = _store.Path;
        void Record(string name, params string[] files)
        {
            using Run run = Run.Start(name, options: new TrackOptions { Store = store, Snapshot = SnapshotOptions.Off });
            using var own = new TempFolder();
            foreach (string file in files) File.Copy(folder.File(file), own.File(file));
            run.ArtifactDirectory("model", own.Path);
        }

        Record("first", "a", "b");
        Record("second", "a");
        Results all = Store.Open(store).LoadAll();
        Store.Open(store).Remove(all.Single(r => r.Experiment == "first"));
        CleanupResult result = Store.Open(store).PlanCleanup(Now).Run();
        // The list of two files, and the file that only it lists.
        Assert.Equal(2, result.Freed.Count(i => i.Kind == CleanupKind.Artifact));
        using var restored = new TempFolder();
        Assert.Single(Store.Open(store).LoadAll()).SaveArtifact("model", restored.File("m"));
        Assert.Equal("content a", File.ReadAllText(restored.File("m", "a")));
    }

    [Fact]
    public async Task Where_a_journal_cannot_be_read_in_whole_neither_it_nor_any_artifact_goes()
    {
        await _store.RunAsync(head: 3);
        await _store.RunAsync();
        string first = _store.Run(0).Journal, second = _store.Run(3).Journal;
        _store.Store.Remove(_store.Run(0), _store.Run(1), _store.Run(2));
        string whole = File.ReadAllText(first);
        File.WriteAllText(first, whole.Insert(whole.IndexOf('\n') + 1, "ruin\n"));
        Cleanup plan = _store.Store.PlanCleanup(Now);
        Assert.Empty(plan.Items);
        Assert.Equal(
            $"'{first}' stays, because a line of it cannot be read and may be of a run that is not removed; 'assay doctor' says which.",
            plan.Kept[0]);
        Assert.StartsWith(
            $"3 artifacts to which no readable line refers stay, because '{first}' cannot be read in whole", plan.Kept[1],
            StringComparison.Ordinal);

        File.WriteAllText(first, whole);
        string other = File.ReadAllText(second);
        File.WriteAllText(second, "ruin\n" + other);
        plan = _store.Store.PlanCleanup(Now);
        Assert.Equal(CleanupKind.Journal, plan.Items[0].Kind);
        Assert.DoesNotContain(plan.Items, i => i.Kind == CleanupKind.Artifact);
        Assert.Contains($"because '{second}' cannot be read in whole", Assert.Single(plan.Kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_torn_last_line_keeps_nothing_back()
    {
        await _store.RunAsync(head: 2);
        string journal = JournalText.Only(_store.Path);
        _store.Store.Remove(_store.Run(0), _store.Run(1));
        File.AppendAllText(journal, "{\"schema_version\":1,\"ki");
        Assert.Equal(journal, _store.Store.PlanCleanup(Now).Run().Freed[0].Name);
    }

    [Fact]
    public async Task Leftovers_of_killed_programs_and_an_index_of_gone_journals_go()
    {
        IndexOptions.Ambient = new IndexOptions { WorthWriting = 1 };
        await _store.RunAsync();
        _ = _store.Store.LoadAll().Count;
        string temporary = Path.Combine(_store.Path, "artifacts", "incoming", "x"), tag = Path.Combine(_store.Path, "annotations", "y.tmp");
        string deadLock = Path.Combine(_store.Path, "locks", "20200101-000000-dead-1.lock");
        Directory.CreateDirectory(Path.GetDirectoryName(tag)!);
        foreach (string file in (string[])[temporary, tag, deadLock])
        {
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddDays(-2));
        }

        string unnamed = Path.Combine(_store.Path, "index", "runs", "unnamed.arrow");
        File.WriteAllText(unnamed, "");
        File.SetLastWriteTimeUtc(unnamed, File.GetLastWriteTimeUtc(unnamed).AddDays(-2));
        Assert.Equal([temporary, tag, deadLock, unnamed], _store.Store.PlanCleanup(Now).Items.Select(i => i.Name));
        _store.Store.Remove([.. _store.Store.LoadAll()]);
        CleanupResult result = _store.Store.PlanCleanup(Now).Run();
        Assert.Empty(result.Faults);
        Assert.Equal(["lock"], Directory.GetFiles(Path.Combine(_store.Path, "index", "runs")).Select(Path.GetFileName));
        Assert.Empty(_store.Store.LoadAll());
        Assert.Equal("0 1 2 3 4 5", await _store.RunAsync());
    }

    [Fact]
    public async Task A_journal_that_cannot_be_deleted_does_not_show_its_runs_again()
    {
        await _store.RunAsync(head: 2);
        string journal = JournalText.Only(_store.Path);
        _store.Store.Remove(_store.Run(0), _store.Run(1));
        Cleanup plan = _store.Store.PlanCleanup(Now);
        // A folder of the same name cannot be deleted as a file; the plan's own file stands in its place afterwards.
        CleanupItem item = plan.Items[0];
        Assert.Equal(journal, item.Name);
        string annotation = plan.Items.Single(i => i.Kind == CleanupKind.Annotations).Name;
        Assert.Throws<IOException>(() => plan.Items.Single(i => i.Name == annotation).Free());
        Assert.True(File.Exists(annotation));
        Assert.Empty(_store.Store.LoadAll());
    }

    [Fact]
    public async Task Two_cleanups_at_once_do_not_meet()
    {
        await _store.RunAsync(head: 2);
        _store.Store.Remove(_store.Run(0), _store.Run(1));
        Cleanup plan = _store.Store.PlanCleanup(Now);
        using (Lease held = CleaningLease.Take(new FileStorage(_store.Path), TimeProvider.System))
        {
            StoreException fault = Assert.Throws<StoreException>(plan.Run);
            Assert.Contains("is being cleaned up, or runs in it are being restored, by process", fault.Message, StringComparison.Ordinal);
            Assert.Throws<StoreException>(() => _store.Store.Restore([.. _store.Store.Removed()]));
        }

        Assert.NotEmpty(plan.Run().Freed);
        // The file of the lock stays, and neither it nor a coordinator takes it for a writer.
        await _store.RunAsync();
        Assert.True(File.Exists(Path.Combine(_store.Path, "locks", "cleaning.lock")));
    }

    [Fact]
    public void A_run_that_starts_while_a_store_is_cleaned_waits_and_says_for_whom()
    {
        using var folder = new TempFolder();
        string store = folder.File("store");
        Run.Start("ended", options: new TrackOptions { Store = store, Snapshot = SnapshotOptions.Off }).Dispose();
        var storage = new FileStorage(store);
        TestProgram program;
        using (CleaningLease.Take(storage, TimeProvider.System))
        {
            program = TestProgram.Start(folder.Path, "track", "wait", store);
            program.WaitForError($"assay: waiting until the store '{store}' is no longer being cleaned up, or runs in it restored, "
                + $"by process {Environment.ProcessId} (");
            Assert.Single(storage.ListJournals(JournalArea.Runs));
        }

        using (program)
        {
            program.WaitForError("ready");
            Assert.Equal(2, storage.ListJournals(JournalArea.Runs).Count);
            program.WriteLine("");
            program.WaitForEnd();
        }
    }

    [Fact]
    public async Task A_lock_of_another_host_is_told_with_its_holder_and_when_it_was_last_heard_of()
    {
        await _store.RunAsync(head: 2);
        _store.Store.Remove(_store.Run(0), _store.Run(1));
        var layout = new StoreLayout(_store.Path);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        LeaseHolder elsewhere = new("elsewhere", 7, "assay", now, now.AddSeconds(30));
        File.WriteAllText(layout.Lock(LeaseName.Cleaning) + ".lock", "");
        File.WriteAllBytes(layout.Lock(LeaseName.Cleaning) + ".json", elsewhere.ToJson());
        StoreException fault = Assert.Throws<StoreException>(_store.Store.PlanCleanup(Now).Run);
        Assert.Contains(
            $"by {elsewhere} (last heard of 0 s ago; after 60 s without a sign of life it no longer counts). Expected one at a time; "
                + "wait until it ends. Nothing was changed.", fault.Message, StringComparison.Ordinal);
        File.WriteAllBytes(layout.Lock(LeaseName.Cleaning) + ".json", (elsewhere with { HeartbeatAt = now.AddHours(-1) }).ToJson());

        string writer = Path.Combine(layout.Locks, "writer-elsewhere");
        File.WriteAllText(writer + ".lock", "");
        File.WriteAllBytes(writer + ".json", elsewhere.ToJson());
        Assert.Contains(
            $"because somebody writes to the store (writer-elsewhere: {elsewhere} (last heard of 0 s ago; ",
            Assert.Single(_store.Store.PlanCleanup(Now).Kept), StringComparison.Ordinal);
        File.Delete(writer + ".json");
        Assert.NotEmpty(_store.Store.PlanCleanup(Now).Run().Freed);
    }

    [Fact]
    public async Task What_was_said_of_runs_stays_while_their_journal_is_only_not_there()
    {
        await _store.RunAsync(head: 3);
        string journal = JournalText.Only(_store.Path), aside = Path.Combine(_store.Path, "aside");
        _store.Store.Note(_store.Run(1), "a mistake");
        _store.Store.Remove(_store.Run(0), _store.Run(1));
        File.Move(journal, aside);
        Cleanup plan = _store.Store.PlanCleanup(Now);
        Assert.DoesNotContain(plan.Items, i => i.Kind == CleanupKind.Annotations);
        Assert.Contains(
            $"what was said of runs in the journal '{Path.GetFileName(journal)}' stays, because it is not in the store and no cleanup "
                + "freed it: removed runs in it stay removed, should it come back.", plan.Kept);
        plan.Run();
        File.Move(aside, journal);
        Assert.Equal("2", _store.Shown);
        _store.Store.Remove(_store.Run(2));
        Assert.Empty(_store.Store.PlanCleanup(Now).Run().Faults);
        Assert.Empty(Directory.GetFiles(_store.Folder));
    }

    [Fact]
    public async Task A_run_of_which_only_artifacts_were_freed_stays_removed_while_its_journal_is_not_there()
    {
        await _store.RunAsync(head: 3);
        string journal = JournalText.Only(_store.Path), aside = Path.Combine(_store.Path, "aside");
        _store.Store.Remove(_store.Run(0));
        Assert.Equal(CleanupKind.Artifact, Assert.Single(_store.Store.PlanCleanup(Now).Run().Freed).Kind);
        File.Move(journal, aside);
        _store.Store.PlanCleanup(Now with { Grace = TimeSpan.FromMinutes(10) }).Run();
        File.Move(aside, journal);
        Assert.Equal("1 2", _store.Shown);
        Assert.NotNull(Assert.Single(_store.Store.Removed()).FreedAt);
        _store.Store.Remove([.. _store.Store.LoadAll()]);
        Assert.Empty(_store.Store.PlanCleanup(Now).Run().Faults);
        _store.Store.PlanCleanup(Now).Run();
        Assert.Empty(Directory.GetFiles(_store.Folder));
    }

    [Fact]
    public async Task That_runs_were_freed_is_known_while_anything_speaks_of_them()
    {
        await _store.RunAsync(head: 3);
        await _store.RunAsync();
        RunRecord[] both = [_store.Run(0), _store.Run(1), _store.Run(2), _store.Run(3)];
        string last = both[3].Id;
        _store.Store.Remove(both);
        _store.Store.Restore([.. _store.Store.Removed().Where(r => r.Id == last)]);
        Assert.Empty(_store.Store.PlanCleanup(Now).Run().Faults);
        // The removal also speaks of a run that is there again, so it stays, and with it that the others were freed.
        Assert.Equal("3 4 5", _store.Shown);
        Assert.Equal(3, _store.Store.Removed().Count);
        Assert.All(_store.Store.Removed(), r => Assert.NotNull(r.FreedAt));
        Assert.Empty(_store.Store.PlanCleanup(Now).Items);
        Assert.Empty(_store.Store.PlanCleanup(Now).Kept);
        _store.Store.Remove([.. _store.Store.LoadAll()]);
        Assert.Empty(_store.Store.PlanCleanup(Now).Run().Faults);
        Assert.Empty(Directory.GetFiles(_store.Folder));
        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Path, "runs")));
    }

    [Fact]
    public async Task An_artifact_that_is_recorded_again_is_as_new_as_one_that_is_written()
    {
        await _store.RunAsync(head: 1);
        string orphan = Orphan("left by a killed run");
        File.SetLastWriteTimeUtc(orphan, File.GetLastWriteTimeUtc(orphan).AddMinutes(-11));
        Cleanup first = _store.Store.PlanCleanup(), second = _store.Store.PlanCleanup();
        Assert.Equal([orphan], first.Items.Select(i => i.Name));

        // A run on another host, whose lock shows late, finds it there.
        var folder = new ArtifactFolder(new StoreLayout(_store.Path));
        folder.Put("left by a killed run"u8.ToArray());
        Assert.False(Assert.Single(first.Items).Free());
        Assert.Empty(second.Run().Freed);
        Assert.Empty(_store.Store.PlanCleanup().Items);

        File.SetLastWriteTimeUtc(orphan, File.GetLastWriteTimeUtc(orphan).AddMinutes(-11));
        using (var stream = new MemoryStream("left by a killed run"u8.ToArray())) folder.Put(stream);
        Assert.Empty(_store.Store.PlanCleanup().Items);
        Assert.Empty(Directory.GetFiles(new StoreLayout(_store.Path).Incoming));
    }

    private static string Everything(RunRecord run) => $"{SampleJournal.Everything(run)} {string.Join(", ", run.Notes)}";

    private string Orphan(string content)
    {
        string path = new StoreLayout(_store.Path)
            .Artifact(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content))));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private string Snapshot()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(_store.Path, "*", SearchOption.AllDirectories);
        return string.Join('\n', files.Order(StringComparer.Ordinal).Select(f => $"{f} {new FileInfo(f).Length}"));
    }
}
