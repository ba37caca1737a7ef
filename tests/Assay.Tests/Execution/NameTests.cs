namespace Assay.Tests.Execution;

/// <summary>Names that mean something to a file system or a shell are only names here.</summary>
public class NameTests
{
    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("C\\D")]
    [InlineData("NUL")]
    [InlineData("größe 🎲 \"quoted\" [markup]")]
    [InlineData("#?&%20*")]
    public async Task An_experiment_of_any_name_runs_resumes_and_is_found_and_stays_inside_its_store(string name)
    {
        using var store = new TestStore();
        int ran = 0;
        Experiment<int> experiment = Experiment.Create<int>(name, (_, _) => Interlocked.Increment(ref ran)).Over(Space.Values(1, 2));
        await experiment.RunAsync(store.Options with { Output = store.File("tables/") });
        Results results = await experiment.RunAsync(store.Options);

        Assert.Equal(2, ran);
        Assert.Equal(2, results.Count);
        Assert.All(Store.Open(store.Path).Load(name + ":1"), r => Assert.Equal(name, r.Experiment));
        Assert.Equal(["store", "tables"], Directory.GetFileSystemEntries(store.Around).Select(Path.GetFileName).Order());
        Assert.Single(Directory.GetFileSystemEntries(store.File("tables")));
    }

    [Fact]
    public async Task Names_that_differ_only_in_odd_characters_are_different_experiments()
    {
        using var store = new TestStore();
        foreach ((string name, string version) in new[] { ("a b", "c"), ("a", "b c"), ("a_b", "c"), ("a-b", "c"), ("A-B", "c") })
            await Experiment.Create<int>(name, version, (_, run) => run.Metric("of", $"{name}|{version}")).Over(Space.Values(1))
                .RunAsync(store.Options);

        Assert.Equal(5, store.Load().Count);
        Assert.Equal(5, Store.Open(store.Path).Experiments().Count);
        Assert.Equal("a b|c", Assert.Single(Store.Open(store.Path).Load("a b")).Metrics["of"]);
    }
}
