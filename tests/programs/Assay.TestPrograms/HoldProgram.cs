namespace Assay.TestPrograms;

/// <summary>
/// <c>hold STORE</c>: three runs, one at a time. Each prints <c>started N</c>; the second waits for a line on standard input.
/// </summary>
internal static class HoldProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        Gate.Open();
        Experiment<int> experiment = Experiment.Create<int>("hold", (n, run) =>
        {
            run.Metric("n", n);
            run.Log($"run {n}");
            Console.WriteLine($"started {n}");
            if (n == 1) Gate.Passed.Wait();
        });
        Results results = await experiment.Over(Space.Values(0, 1, 2)).IdentifyCodeBy(CodeIdentity.None).RunAsync(new RunOptions
        {
            Store = args[0],
            Parallel = 1,
            Progress = ProgressMode.None,
        });
        Console.WriteLine($"done {results.Successful.Count}");
        return 0;
    }
}
