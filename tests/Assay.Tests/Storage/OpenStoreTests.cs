namespace Assay.Tests.Storage;

public class OpenStoreTests
{
    [Fact]
    public void A_mistyped_path_is_an_error_and_makes_nothing()
    {
        using var folder = new TempFolder();
        StoreException fault = Assert.Throws<StoreException>(() => Store.Open(folder.File("asay")));
        Assert.Contains($"there is no store at '{folder.File("asay")}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Correct the path, or run an experiment", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_store_that_lost_its_description_is_not_given_another_one_by_a_program()
    {
        using var store = new TestStore();
        Experiment<int> experiment = Experiment.Create<int>("e", (_, _) => { }).Over(Space.Values(1));
        await experiment.RunAsync(store.Options);
        string description = Path.Combine(store.Path, "store.json");
        File.Delete(description);

        StoreException fault = await Assert.ThrowsAsync<StoreException>(() => experiment.RunAsync(store.Options));
        Assert.Contains("has journals but no description of its format", fault.Message, StringComparison.Ordinal);
        Assert.Equal(fault.Message, Assert.Throws<StoreException>(
            () => Run.Start("lone", options: new TrackOptions { Store = store.Path, Snapshot = SnapshotOptions.Off })).Message);
        Assert.False(File.Exists(description));
    }

    [Fact]
    public async Task Reading_changes_nothing()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("e", (n, run) => run.Artifact("a", "text")).Over(Space.Values(1)).RunAsync(store.Options);
        string[] before = Files(store);
        Results results = store.Load();
        _ = (results.ToTable(), results.Rows, results[0].ArtifactText("a"), Store.Open(store.Path).Experiments());
        Assert.Equal(before, Files(store));
    }

    [Fact]
    public async Task An_unknown_experiment_is_told_with_those_there_are()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("iris", "2", (_, _) => { }).Over(Space.Values(1)).RunAsync(store.Options);
        AssayException fault = Assert.Throws<AssayException>(() => Store.Open(store.Path).Load("irsi"));
        Assert.Contains("no experiment 'irsi'; it has iris:2", fault.Message, StringComparison.Ordinal);
        Assert.Throws<AssayException>(() => Store.Open(store.Path).Load("iris:1"));
        Assert.Single(Store.Open(store.Path).Load("iris:2"));
    }

    [Fact]
    public async Task A_journal_removed_while_results_are_open_is_told_with_its_path()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("gone", (_, _) => { }).Over(Space.Values(1)).RunAsync(store.Options);
        Results results = store.Load();
        Assert.True(results.Count == 1);
        string journal = JournalText.Only(store.Path);
        File.Delete(journal);
        StoreException fault = Assert.Throws<StoreException>(() => results[0].Params);
        Assert.Contains(journal, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Load the results again", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_cut_off_while_results_are_open_is_told_with_its_path()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("cut", (_, _) => { }).Over(Space.Values(1)).RunAsync(store.Options);
        Results results = store.Load();
        Assert.True(results.Count == 1);
        string journal = JournalText.Only(store.Path);
        using (FileStream file = File.OpenWrite(journal)) file.SetLength(100);
        StoreException fault = Assert.Throws<StoreException>(() => results[0].Params);
        Assert.Contains(journal, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_edited_while_results_are_open_is_told_and_no_run_gets_the_values_of_another()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("edited", (n, run) => run.Metric("n", n)).Over(Space.Values(1, 2))
            .RunAsync(store.Options with { Parallel = 1 });
        Results results = store.Load();
        Assert.True(results.Count == 2);
        string journal = JournalText.Only(store.Path);
        string[] lines = File.ReadAllLines(journal);
        File.WriteAllLines(journal, [lines[0], lines[3], lines[4], lines[1], lines[2]]);
        foreach (RunRecord run in results)
        {
            StoreException fault = Assert.Throws<StoreException>(() => run.Metrics);
            Assert.Contains("was changed since it was read", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_artifact_is_told_with_its_address()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("e", (n, run) => run.Artifact("a", "text")).Over(Space.Values(1)).RunAsync(store.Options);
        RunRecord run = store.Load()[0];
        Directory.Delete(Path.Combine(store.Path, "artifacts"), recursive: true);
        StoreException fault = Assert.Throws<StoreException>(() => run.OpenArtifact("a"));
        Assert.Contains(run.Artifacts[0].Sha256, fault.Message, StringComparison.Ordinal);
        Assert.Contains("copy the whole store", fault.Message, StringComparison.Ordinal);
    }

    private static string[] Files(TestStore store) =>
        [.. Directory.GetFileSystemEntries(store.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
