using Microsoft.Extensions.Logging;

namespace Assay.Tests.Capture;

[Trait("Category", "Quick")]
public class LogTests
{
    [Fact]
    public Task Log_lines_notes_and_a_loggers_messages_stand_in_the_order_they_were_written() => Captured.By(
        run =>
        {
            run.Log("plain");
            run.Log("careful", LogLevel.Warning);
            run.Note("for later");
            run.Logger.LogError(new InvalidOperationException("why"), "failed with {Code}", 7);
            run.Logger.LogTrace("fine\ngrained");
            run.Logger.Log(LogLevel.None, "never");
            using (run.Logger.BeginScope("scope")) run.Logger.LogInformation("inside");
        },
        run =>
        {
            Assert.Equal(
                ["information plain", "warning careful", "note for later", "error failed with 7", "trace fine", "information inside"],
                run.Log.Select(l => $"{l.Level} {l.Message.Split('\n')[0]}"));
            Assert.Contains("InvalidOperationException: why", run.Log[3].Message, StringComparison.Ordinal);
            Assert.Equal("fine\ngrained", run.Log[4].Message);
            Assert.All(run.Log, l => Assert.True(l.Time >= TimeSpan.Zero));
        });

    [Fact]
    public async Task Tags_of_the_experiment_and_of_the_run_are_one_list_and_find_runs()
    {
        using var store = new TestStore();
        Results results = await Experiment.Create<int>("tags", (n, run) =>
        {
            run.Tag("baseline");
            if (n == 1) run.Tag("best");
            run.Tag("baseline");
        }).Over(Space.Values(0, 1)).Tag("all", "baseline").Metadata(new { owner = "me" }).Metadata(new { owner = "you", x = 1 })
            .RunAsync(store.Options);
        Assert.Equal(["all", "baseline"], results[0].Tags);
        Assert.Equal(["all", "baseline", "best"], results[1].Tags);
        Assert.Equal(1L, Assert.Single(results.Tagged("all", "best")).Params["n"]);
        Assert.Equal(("you", 1L), ((string)results[0].Metadata["owner"]!, (long)results[0].Metadata["x"]!));
    }

    [Fact]
    public Task Messages_of_a_run_are_its_own_also_when_many_run_at_once() => Task.Run(async () =>
    {
        using var store = new TestStore();
        Results results = await Experiment.Create<int>("own", (n, run) =>
        {
            for (int i = 0; i < 50; i++) run.Logger.LogInformation("{Run}/{Line}", n, i);
        }).Over(Space.From(Enumerable.Range(0, 8))).RunAsync(store.Options with { Parallel = 4 });
        Assert.All(results, r => Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{r.Params["n"]}/{i}"), r.Log.Select(l => l.Message)));
    });
}
