namespace Assay.Tests.Capture;

/// <summary>What one run records, read back from the store.</summary>
internal static class Captured
{
    /// <summary>Runs an operation once, expects it to succeed, and hands the record to the test while the store is there.</summary>
    public static async Task By(Action<RunContext> operation, Action<RunRecord> test)
    {
        using var store = new TestStore();
        await Run(store, operation);
        RunRecord run = Assert.Single(store.Load());
        Assert.True(run.Status == RunStatus.Success, run.Error?.ToString());
        test(run);
    }

    /// <summary>The message with which an operation fails.</summary>
    public static async Task<string> Fault(Action<RunContext> operation)
    {
        using var store = new TestStore();
        await Run(store, operation);
        RunRecord run = Assert.Single(store.Load());
        Assert.Equal((RunStatus.Failed, typeof(CaptureException).FullName), (run.Status, run.Error?.Type));
        return run.Error!.Message;
    }

    private static Task<Results> Run(TestStore store, Action<RunContext> operation) =>
        Experiment.Create<int>("capture", (_, run) => operation(run)).Over(Space.Values(0)).RunAsync(store.Options);
}
