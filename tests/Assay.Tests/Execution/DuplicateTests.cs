namespace Assay.Tests.Execution;

[Collection(ErrorOutput.Name)]
[Trait("Category", "Quick")]
public class DuplicateTests
{
    [Fact]
    public async Task The_same_point_twice_in_a_plan_is_one_run_and_is_told()
    {
        using var store = new TestStore();
        int ran = 0;
        Experiment<int> experiment = Experiment.Create<int>("twice", (_, _) => Interlocked.Increment(ref ran))
            .Over(Space.Values(1, 2, 1, 3, 2, 1)).Repeat(2);
        (Results results, string errors) =
            await ErrorOutput.While(() => experiment.RunAsync(store.Options with { Progress = ProgressMode.Lines }));

        Assert.Equal((6, 6), (ran, results.Count));
        Assert.Equal([1, 1, 2, 2, 3, 3], results.Select(r => (int)(long)r.Params["value"]!));
        Assert.Contains("6 of 12 places in the plan hold the same parameters and seed as an earlier one; each is one run", errors,
            StringComparison.Ordinal);
        Assert.Contains("twice:1: 12/12 (100%)", errors, StringComparison.Ordinal);
        Assert.Equal(6, JournalText.Lines(store.Path).Count(l => l.Kind() == "run_start"));
    }
}
