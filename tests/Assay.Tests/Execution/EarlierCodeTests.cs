namespace Assay.Tests.Execution;

[Collection(ErrorOutput.Name)]
[Trait("Category", "Quick")]
public sealed class EarlierCodeTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Runs_of_earlier_code_are_kept_apart_and_counted_and_an_option_accepts_them()
    {
        Experiment<int> first = Edited((n, run) => run.Metric("by", "first"));
        Experiment<int> second = Edited((n, run) => run.Metric("by", n < 10 ? "second" : "?"));
        await first.RunAsync(_store.Options with { Head = 2 });

        (Results own, string errors) = await ErrorOutput.While(() => second.RunAsync(_store.Options with { Head = 1 }));
        Assert.Equal("second", Assert.Single(own).Metrics["by"]);
        Assert.Contains("2 finished runs of 'edited:1' in this store were made by other code and are kept apart", errors,
            StringComparison.Ordinal);
        Assert.Contains("AcceptEarlierCode takes them as finished", errors, StringComparison.Ordinal);

        (Results accepted, errors) = await ErrorOutput.While(() => second.RunAsync(_store.Options with { AcceptEarlierCode = true }));
        Assert.Equal(["second", "first", "second"], accepted.Select(r => r.Metrics["by"]));
        Assert.DoesNotContain("made by other code", errors, StringComparison.Ordinal);

        Assert.Equal(["second", "second", "second"], (await second.RunAsync(_store.Options)).Select(r => r.Metrics["by"]));
        Assert.Equal(5, _store.Load().Count);
    }

    [Fact]
    public async Task A_failed_run_of_earlier_code_is_not_accepted()
    {
        await Edited((_, _) => throw new InvalidOperationException()).RunAsync(_store.Options);
        Results results = await Edited((_, run) => run.Metric("by", "second")).RunAsync(_store.Options with { AcceptEarlierCode = true });
        Assert.Equal(3, results.Successful.Count);
    }

    [Fact]
    public async Task What_the_operation_captures_is_told_by_name()
    {
        int factor = 3;
        (_, string errors) = await ErrorOutput.While(() => Edited((n, run) => run.Metric("by", (long)n * factor)).RunAsync(_store.Options));
        Assert.Contains("the operation captures 'factor', which is not part of a run's identity", errors, StringComparison.Ordinal);
        Assert.Contains("Pass it as context", errors, StringComparison.Ordinal);
    }

    private static Experiment<int> Edited(Action<int, RunContext> operation) =>
        Experiment.Create("edited", operation).Over(Space.Values(0, 1, 2));
}
