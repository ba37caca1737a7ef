namespace Assay.TestPrograms;

/// <summary>
/// <c>nested STORE WHAT</c>: three runs that each run an experiment of two runs and record the sum of its results, in worker processes.
/// <c>inner</c>: so do the inner ones ask for; <c>hosted</c>: only the inner ones do; <c>beside</c>: another experiment runs at the same
/// time, which is never complete, its results asked for first. Prints <c>sum N</c> for each run.
/// </summary>
internal static class NestedProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        (string store, string what) = (args[0], args[1]);
        var options = new RunOptions { Store = store, Parallel = 2, Progress = ProgressMode.None, StopWhenFirstFail = null };
        RunOptions separate = options with { Executor = new WorkerProcesses() };
        using var cancel = new CancellationTokenSource();
        Task beside = what != "beside" ? Task.CompletedTask : Experiment
            .Create<int>("beside", (_, run) => run.CancellationToken.WaitHandle.WaitOne()).Over(Space.Values(1))
            .IdentifyCodeBy(CodeIdentity.None)
            .RunAsync(options, cancel.Token);
        Task<Results> outer = Experiment.Create<int>("outer", async (n, run) =>
        {
            Results inner = await Experiment.Create<int>($"inner{n}", (m, part) => part.Metric("product", m * n))
                .Over(Space.Values(1, 2)).RunAsync(what is "inner" or "hosted" ? separate : options);
            run.Metric("sum", inner.Sum(r => (long)r.Metrics["product"]!));
            run.Metric("worker", Environment.ProcessId);
        }).Over(Space.Values(1, 2, 3)).RunAsync(what == "hosted" ? options : separate);
        if (Environment.GetEnvironmentVariable("NESTED_WORKER") is not null) await beside;
        Environment.SetEnvironmentVariable("NESTED_WORKER", "yes");
        foreach (RunRecord run in await outer)
            Console.WriteLine($"sum {run.Metrics.GetValueOrDefault("sum")} "
                + $"{(Equals(run.Metrics.GetValueOrDefault("worker"), (long)Environment.ProcessId) ? "here" : "elsewhere")} "
                + $"{run.Error?.Message}");
        await cancel.CancelAsync();
        return 0;
    }
}
