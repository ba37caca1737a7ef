using System.Globalization;

namespace Assay.Tests.Execution;

/// <summary>Another process runs an experiment while this one looks at it, wants to run it too, and outlives it.</summary>
public class TwoProcessesTests
{
    private static readonly Experiment<int> Hold = Experiment
        .Create<int>("hold", (n, run) => run.Metric("n", n)).Over(Space.Values(0, 1, 2)).IdentifyCodeBy(CodeIdentity.None);

    [Fact]
    public async Task A_second_coordinator_is_told_who_the_first_one_is_and_runs_nothing()
    {
        using var store = new TestStore();
        using TestProgram first = Holding(store);
        StoreException fault = await Assert.ThrowsAsync<StoreException>(() => Hold.RunAsync(store.Options));

        Assert.Contains($"'hold:1' is being run in '{store.Path}' by process {first.Id.ToString(CultureInfo.InvariantCulture)} "
            + "(Assay.TestPrograms)", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"on {Environment.MachineName}, since ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("wait until it ends, stop it, or choose another store", fault.Message, StringComparison.Ordinal);
        first.WriteLine("go");
        Assert.Equal("done 3", first.ReadUntil("done"));
        Assert.Equal(0, first.WaitForEnd());
        Assert.Equal(3, JournalText.Lines(store.Path).Count(l => l.Kind() == "run_end"));
    }

    [Fact]
    public async Task The_same_process_is_told_that_it_is_the_one()
    {
        using var store = new TestStore();
        Experiment<int>? self = null;
        self = Experiment.Create<int>("self", async (_, _) => await self!.RunAsync(store.Options)).Over(Space.Values(1))
            .IdentifyCodeBy(CodeIdentity.None);
        RunRecord failed = Assert.Single((await self.RunAsync(store.Options)).Failed);

        Assert.Equal("Assay.StoreException", failed.Error!.Type);
        Assert.Contains($"'self:1' is being run in '{store.Path}' by this very process already", failed.Error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void While_it_runs_the_other_process_sees_what_is_done_and_what_is_running()
    {
        using var store = new TestStore();
        using TestProgram first = Holding(store);
        WaitForLines(store, "log", 2);
        Results results = store.Load();
        Assert.Equal([RunStatus.Success, RunStatus.Running], results.Select(r => r.Status));
        Assert.Equal(0L, results[0].Metrics["n"]);
        Assert.Equal("run 1", Assert.Single(results[1].Log).Message);
        Assert.Null(results[1].Duration);
        Assert.Empty(results.Damage);

        first.Kill();
        first.WaitForEnd();
        Assert.Equal([RunStatus.Success, RunStatus.Interrupted], store.Load().Select(r => r.Status));
    }

    [Fact]
    public async Task The_plan_of_a_killed_coordinator_is_free_at_once()
    {
        using var store = new TestStore();
        using TestProgram first = Holding(store);
        WaitForLines(store, "run_start", 2);
        first.Kill();
        first.WaitForEnd();
        Results results = await Hold.RunAsync(store.Options);
        Assert.Equal(3, results.Successful.Count);
        Assert.Equal([1, 2, 1], results.Select(r => r.Attempt));
        Assert.Equal([1, 2, 1], results.Select(r => r.Attempts));
    }

    [Fact]
    public async Task Another_experiment_runs_in_the_same_store_meanwhile()
    {
        using var store = new TestStore();
        using TestProgram first = Holding(store);
        Results results = await Experiment.Create<int>("other", (_, _) => { }).Over(Space.Values(1)).RunAsync(store.Options);
        Assert.Single(results.Successful);
    }

    private static TestProgram Holding(TestStore store)
    {
        TestProgram program = TestProgram.Start(store.Around, "hold", store.Path);
        program.ReadUntil("started 1");
        return program;
    }

    // Lines reach the file a moment after they were recorded.
    private static void WaitForLines(TestStore store, string kind, int count) => Assert.True(
        SpinWait.SpinUntil(() => JournalText.Lines(store.Path).Count(l => l.Kind() == kind) >= count, TestProgram.Patience), $"no {count} "
            + $"lines of {kind}");
}
