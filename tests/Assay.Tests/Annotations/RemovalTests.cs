namespace Assay.Tests.Annotations;

[Trait("Category", "Quick")]
public sealed class RemovalTests : IDisposable
{
    private readonly AnnotatedStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_removed_run_is_in_no_list_and_runs_again_as_a_new_one()
    {
        await _store.RunAsync();
        string id = _store.Run(3).Id;
        RemovedRun removed = Assert.Single(_store.Store.Remove(_store.Run(3)));
        Assert.Equal((id, "sample", null), (removed.Id, removed.Experiment, removed.FreedAt));
        Assert.Equal("0 1 2 4 5", _store.Shown);
        Assert.Equal(5, _store.Store.Load("sample").Count);
        Assert.Equal(5, Assert.Single(_store.Store.Experiments()).Runs);
        Table table = _store.Store.LoadAll().ToTable();
        Assert.DoesNotContain(id, Enumerable.Range(0, table.RowCount).Select(i => (string)table["run_id"][i]!));
        AssayException fault = Assert.Throws<AssayException>(() => _store.Store.LoadAll()[id]);
        Assert.Equal(
            $"no run has an id that starts with '{id}': run {id} was removed on {removed.RemovedAt:yyyy-MM-dd HH:mm:ss} UTC; "
                + $"'assay rm --undo {id}' at a shell restores it.", fault.Message);

        Assert.Equal("3", await _store.RunAsync());
        Assert.Equal((id, 2, 1), (_store.Run(3).Id, _store.Run(3).Attempt, _store.Run(3).Attempts));
        Assert.Empty(await _store.RunAsync());
    }

    [Fact]
    public async Task A_restored_run_is_as_it_was_and_is_not_run_again()
    {
        await _store.RunAsync();
        _store.Store.Note(_store.Run(3), "dear");
        _store.Store.Tag(_store.Run(3), ["good"], ["odd"]);
        string before = Everything(_store.Run(3));
        _store.Store.Remove(_store.Run(3), _store.Run(4));
        RemovedRun three = _store.Store.Removed().Single(r => r.Id == before[..32]);
        Assert.Equal(three.Id, Assert.Single(_store.Store.Restore(three)).Id);
        Assert.Equal(before, Everything(_store.Run(3)));
        Assert.Equal("0 1 2 3 5", _store.Shown);
        Assert.Equal("4", await _store.RunAsync());
        Assert.StartsWith(
            $"Run {three.Id} is not removed;", Assert.Throws<AssayException>(() => _store.Store.Restore(three)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_removed_and_run_again_has_both_attempts_when_it_is_restored()
    {
        await _store.RunAsync();
        _store.Store.Note(_store.Run(3), "of the first");
        _store.Store.Remove(_store.Run(3));
        await _store.RunAsync();
        Assert.Empty(_store.Run(3).Notes);
        Assert.Equal(["odd"], _store.Run(3).Tags);
        _store.Store.Note(_store.Run(3), "of the second");
        string second = _store.Run(3).ArtifactText("own");
        _store.Store.Restore(_store.Store.Removed());

        RunRecord run = _store.Run(3);
        Assert.Equal((2, 2), (run.Attempt, run.Attempts));
        Assert.Equal(["of the first", "of the second"], run.Notes.Select(n => n.Text));
        Assert.Equal(second, run.ArtifactText("own"));
        Assert.Single(run.Series("loss"));
        _store.Store.Remove(run);
        Assert.Equal("0 1 2 4 5", _store.Shown);
        Assert.Equal("3", await _store.RunAsync());
        Assert.Equal((3, 1), (_store.Run(3).Attempt, _store.Run(3).Attempts));
    }

    [Fact]
    public async Task Whatever_a_record_knows_of_attempts_is_removed_and_nothing_that_comes_later()
    {
        await _store.RunAsync();
        await _store.RunAsync(mode: ResumeMode.All);
        RunRecord old = _store.Run(3);
        Assert.Equal(2, old.Attempts);
        await _store.RunAsync(mode: ResumeMode.All);
        _store.Store.Remove(old);
        Assert.Equal((3, 1), (_store.Run(3).Attempt, _store.Run(3).Attempts));
        Assert.Throws<AssayException>(() => _store.Store.Remove(old));
        Assert.Throws<AssayException>(() => _store.Store.Note(old, "x"));
    }

    [Fact]
    public async Task A_session_whose_runs_are_all_removed_does_not_make_those_before_it_earlier()
    {
        await _store.RunAsync(head: 3);
        await _store.RunAsync(head: 2, code: CodeIdentity.Operation);
        Assert.Equal(2, _store.Store.Load("sample").Count);
        _store.Store.Remove(_store.Store.Load("sample")[0]);
        Assert.Single(_store.Store.Load("sample"));
        Assert.Equal(4, _store.Store.Load("sample", earlier: true).Count);
        _store.Store.Remove([.. _store.Store.Load("sample")]);
        Assert.Equal(3, _store.Store.Load("sample").Count);
        _store.Store.Remove([.. _store.Store.Load("sample:1")]);
        Assert.Throws<AssayException>(() => _store.Store.Load("sample"));
        _store.Store.Restore([.. _store.Store.Removed()]);
        Assert.Equal(2, _store.Store.Load("sample").Count);
    }

    [Fact]
    public void A_run_that_is_under_way_is_not_removed_and_neither_are_others_with_it()
    {
        using var folder = new TempFolder();
        string path = folder.File("store");
        Run.Start("ended", options: new TrackOptions { Store = path, Snapshot = SnapshotOptions.Off }).Dispose();
        using TestProgram program = TestProgram.Start(folder.Path, "track", "wait", path);
        program.WaitForError("ready");
        var store = Store.Open(path);
        Results both = store.LoadAll();
        AssayException fault = Assert.Throws<AssayException>(() => store.Remove([.. both]));
        Assert.Equal(
            $"a run is under way: {Assert.Single(both.Filter(RunStatus.Running)).Id}. Expected runs that have ended; wait for them, or "
                + "stop them first. Nothing was removed.", fault.Message);
        Assert.Equal(2, store.LoadAll().Count);
        program.Kill();
        program.WaitForEnd();
        // The records were read while it lived.
        store.Remove([.. both]);
        Assert.Empty(store.LoadAll());
    }

    [Fact]
    public async Task Accepted_earlier_code_is_not_accepted_for_a_run_that_was_removed()
    {
        await _store.RunAsync(head: 2);
        _store.Store.Remove(_store.Run(1));
        var ran = new List<int>();
        Results results = await Experiment.Create<int>("sample", "1", (n, run) =>
        {
            lock (ran) ran.Add(n);
        }).Over(Space.From(Enumerable.Range(0, AnnotatedStore.Points))).IdentifyCodeBy(CodeIdentity.Operation)
            .RunAsync(_store.Around.Options with { Head = 2, AcceptEarlierCode = true });
        Assert.Equal([1], ran);
        Assert.Equal(2, results.Count);
    }

    [Fact]
    public async Task A_journal_that_is_gone_cannot_be_restored_from()
    {
        await _store.RunAsync();
        RemovedRun removed = Assert.Single(_store.Store.Remove(_store.Run(2)));
        File.Delete(JournalText.Only(_store.Path));
        AssayException fault = Assert.Throws<AssayException>(() => _store.Store.Restore(removed));
        Assert.Contains(
            "which is gone; restore the file from a copy first. Nothing was restored.", fault.Message, StringComparison.Ordinal);
    }

    private static string Everything(RunRecord run) => $"{SampleJournal.Everything(run)} {string.Join(", ", run.Notes)}";
}
