namespace Assay.Tests.Index;

/// <summary>Results show one moment, and files that change while they are read are read again.</summary>
[Trait("Category", "Quick")]
public sealed class MomentTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_run_that_was_running_at_the_moment_is_shown_as_running_although_it_has_ended_since()
    {
        using var go = new ManualResetEventSlim();
        Task<Results> running = Experiment.Create<int>("past", (n, run) =>
        {
            go.Wait(TestProgram.Patience);
            run.Metric("x", n);
        }).Over(Space.Values(1)).IdentifyCodeBy(CodeIdentity.None).RunAsync(_store.Options);
        while (!File.Exists(_store.File("store", "store.json")) || Store.Open(_store.Path).LoadAll().Count == 0) await Task.Delay(5);
        Results past = _store.Load();
        go.Set();
        await running;

        Assert.Equal(RunStatus.Running, Assert.Single(past).Status);
        Assert.Equal(1, past.CountByStatus()[RunStatus.Running]);
        Assert.Equal(RunStatus.Success, Assert.Single(_store.Load()).Status);
    }

    [Fact]
    public async Task A_journal_that_is_rewritten_while_it_is_read_looks_changed_ever_after()
    {
        await Experiment.Create<int>("x", (n, run) => run.Metric("y", n)).Over(Space.Values(1)).RunAsync(_store.Options);
        string journal = JournalText.Only(_store.Path);
        var journals = new IndexedJournals(JournalSnapshot.Take(new FileStorage(_store.Path), TimeProvider.System), IndexState.Empty);
        journals.Want(_ => true);
        JournalGain gain = Assert.Single(journals.Gains());
        File.SetLastWriteTimeUtc(journal, DateTime.UtcNow.AddMinutes(-10));
        journals.Cover(gain.Number, gain.To, []);

        Assert.NotEqual(File.GetLastWriteTimeUtc(journal).Ticks, Assert.Single(journals.States).ChangedAt);
    }
}
