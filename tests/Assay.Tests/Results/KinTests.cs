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

    private Task<Results> Run(string context) => Experiment
        .Create("kin", "1", context, (int n, string c, RunContext run) => run.Metric("context", c))
        .Over(Space.Values(1, 2))
        .RunAsync(Options);
}
