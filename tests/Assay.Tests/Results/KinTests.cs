using System.Text.Json;

namespace Assay.Tests.Reading;

/// <summary>Runs of other code, other contexts and changed inputs are never mixed in unasked.</summary>
[Trait("Category", "Quick")]
public sealed class KinTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Loading_takes_the_newest_context_and_earlier_ones_only_when_asked()
    {
        await Run("old");
        await Run("new");

        Results newest = Store.Open(_folder.File("store")).Load("kin:1");
        Results all = Store.Open(_folder.File("store")).Load("kin:1", earlier: true);

        Assert.Equal(["new", "new"], newest.Select(r => r.Metrics["context"]));
        Assert.Equal(4, all.Count);
        Assert.Equal(2, all.Select(r => r.Fingerprints["context"]).Distinct().Count());
    }

    [Fact]
    public async Task What_was_left_out_is_at_hand_and_told_and_a_run_of_it_is_found_by_its_id()
    {
        await Run("old");
        await Run("new");
        Store store = Store.Open(_folder.File("store"));

        foreach (Results newest in (Results[])[store.Load("kin"), store.LoadAll(), store.LoadAll(earlier: true).Newest])
        {
            Assert.Equal((2, 2), (newest.Count, newest.Earlier.Count));
            Assert.Equal(["old", "old"], newest.Earlier.Select(r => r.Metrics["context"]));
            Assert.Equal(2, newest.Successful.Sort("context").Earlier.Count);
            Assert.Equal("old", newest[newest.Earlier[0].Id].Metrics["context"]);
            Assert.Contains(
                "2 runs: 2 success\n2 runs of earlier code or another context left out; Load(…, earlier: true) includes them.\n",
                Shown(newest), StringComparison.Ordinal);
        }

        Results all = store.Load("kin", earlier: true);
        Assert.Equal((4, 0), (all.Count, all.Earlier.Count));
        Assert.DoesNotContain("left out", Shown(all), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lone_runs_have_no_newer_code()
    {
        await Run("old");
        for (int i = 0; i < 2; i++)
            using (Assay.Run.Start("kin", options: new TrackOptions { Store = _folder.File("store"), Snapshot = SnapshotOptions.Off })) { }

        await Run("new");

        Assert.Equal((4, 2), (Store.Open(_folder.File("store")).Load("kin") is var runs ? (runs.Count, runs.Earlier.Count) : default));
    }

    [Fact]
    public async Task What_ran_last_is_the_newest_also_when_it_only_reused_its_runs()
    {
        await Run("old");
        await Run("new", head: 1);
        for (int again = 0; again < 2; again++)
        {
            await Run("old");
            Results newest = Store.Open(_folder.File("store")).Load("kin");
            Assert.Equal(["old", "old"], newest.Select(r => r.Metrics["context"]));
            Assert.Equal((1, 3), (newest.Earlier.Count, Journals.Length));
        }

        await Run("new", head: 1);
        Assert.Equal("new", Assert.Single(Store.Open(_folder.File("store")).Load("kin")).Metrics["context"]);
        Assert.Equal(4, Journals.Length);
    }

    [Fact]
    public async Task The_journal_of_a_session_without_runs_disturbs_nobody()
    {
        await Run("old");
        await Run("new");
        await Run("old");
        Store store = Store.Open(_folder.File("store"));

        string[] only = Assert.Single(Journals.Select(File.ReadAllLines), lines => lines.Length == 1);
        JsonElement line = JsonDocument.Parse(only[0]).RootElement;
        Assert.Contains(line.GetProperty("run_id").GetString(), store.Load("kin").Select(r => r.Id));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("value").GetProperty("git").ValueKind);
        Assert.Empty(StoreCheck.Run(store.Storage).Findings);
        Assert.Empty(store.PlanCleanup().Items);

        store.Remove(store.Load("kin"));
        Assert.Equal(["new", "new"], store.Load("kin").Select(r => r.Metrics["context"]));
    }

    private string[] Journals => Directory.GetFiles(_folder.File("store", "runs"));

    private static string Shown(Results results)
    {
        using var text = new StringWriter();
        results.Display(text, width: 200);
        return text.ToString().ReplaceLineEndings("\n");
    }

    [Fact]
    public void A_reference_fixes_its_file_when_it_is_made()
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder.File("data.txt"));

        Assert.Equal(_folder.File("data.txt"), new FileRef(relative).FullPath);
        Assert.Equal(_folder.Path, new DirectoryRef(Path.GetDirectoryName(relative)!).FullPath);
    }

    [Fact]
    public async Task An_input_that_changes_while_the_experiment_runs_ends_it_and_makes_no_success()
    {
        string data = _folder.File("data.txt");
        File.WriteAllText(data, "one");
        Experiment<int> experiment = Experiment
            .Create("inputs", "1", new FileRef(data), (int n, FileRef file, RunContext run) =>
            {
                if (n == 2) File.WriteAllText(data, "two, and longer");
                run.Metric("content", file.ReadAllText());
            })
            .Over(Space.Values(1, 2, 3, 4));

        // Where looking takes long it is not done after every run; on a busy machine it may.
        RunOptions options = Options with { Parallel = 1, Clock = new SteppingClock(TimeSpan.Zero) };
        var fault = await Assert.ThrowsAsync<AssayException>(() => experiment.RunAsync(options));

        Assert.Contains($"the input '{data}' has changed", fault.Message, StringComparison.Ordinal);
        Results results = Store.Open(_folder.File("store")).Load("inputs");
        Assert.Equal([RunStatus.Success, RunStatus.Failed], results.Select(r => r.Status));
        Assert.Equal("one", results[0].Metrics["content"]);
    }

    [Fact]
    public async Task An_input_that_takes_long_to_look_at_is_looked_at_again_at_the_end()
    {
        string data = _folder.File("data.txt");
        File.WriteAllText(data, "one");
        Experiment<int> experiment = Experiment
            .Create("inputs", "1", new FileRef(data), (int n, FileRef _, RunContext _) =>
            {
                if (n == 2) File.WriteAllText(data, "two, and longer");
            })
            .Over(Space.Values(1, 2));

        RunOptions options = Options with { Parallel = 1, Clock = new SteppingClock(TimeSpan.FromMilliseconds(2)) };
        var fault = await Assert.ThrowsAsync<AssayException>(() => experiment.RunAsync(options));

        Assert.Contains($"the input '{data}' has changed", fault.Message, StringComparison.Ordinal);
    }

    private RunOptions Options => new() { Store = _folder.File("store"), Progress = ProgressMode.None };

    private Task<Results> Run(string context, long? head = null) => Experiment
        .Create("kin", "1", context, (int n, string c, RunContext run) => run.Metric("context", c))
        .Over(Space.Values(1, 2))
        .RunAsync(Options with { Head = head });
}
