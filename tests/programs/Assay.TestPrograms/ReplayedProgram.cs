using System.Diagnostics;

namespace Assay.TestPrograms;

/// <summary>
/// <c>replayed STORE</c> needs the results of one experiment for another, and between the two says of the store's runs whatever can be
/// said, and cleans up. It prints what a program it starts sees of orders: before anything of Assay is used, and afterwards.
/// </summary>
internal static class ReplayedProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        PrintOrder("before");
        RunOptions options = new() { Store = arguments[0], Progress = ProgressMode.None };
        PrintOrder("after");
        Results first = await Experiment.Create<int>("first", "1", Operation).Over(Space.Values(1, 2, 3)).RunAsync(options);
        SayAndClean(Store.Open(arguments[0]), first);
        using (Run run = Run.Start("lone", options: new() { Store = arguments[0] })) run.Track(1);
        Results second = await Experiment.Create<int>("second", "1", Operation)
            .Over(Space.Values([.. first.Select(r => (int)(long)r.Metrics["n"]!)])).RunAsync(options);
        Console.WriteLine($"end {second.Count}");
        return 0;
    }

    private static void Operation(int n, RunContext run)
    {
        Console.WriteLine($"run {n}");
        run.Metric("n", n);
    }

    private static void SayAndClean(Store store, Results runs)
    {
        Console.WriteLine($"freed {store.PlanCleanup(new CleanupOptions { Grace = TimeSpan.Zero }).Run().Freed.Count}");
        store.Note(runs[0], "noted");
        // A tag that is there already is not said again.
        store.Tag(runs[0], [$"tagged by {Environment.ProcessId}"]);
        Console.WriteLine($"restored {store.Restore(store.Removed()).Count}");
        store.Remove(runs[1]);
    }

    private static void PrintOrder(string when)
    {
        using Process child = Process.Start(new ProcessStartInfo("printenv", ["ASSAY_REPLAY"]) { RedirectStandardOutput = true })!;
        Console.WriteLine($"{when} {child.StandardOutput.ReadToEnd().Trim()}");
        child.WaitForExit();
    }
}
