namespace Assay;

/// <summary>
/// The calls of RunAsync in a replay, outside of runs. The call whose plan has the ordered run executes it and ends the process. Any other
/// call returns the results in the original store, so that the program reaches the ordered call in the same state.
/// </summary>
internal static class ReplayCalls
{
    public static Results Run(ReplayOrder order, Plan plan, RunOptions options, IFileHasher files, Action<RunOptions> run)
    {
        if (Find(order, plan, files) is { } index)
        {
            run(Only(options, index));
            Environment.Exit(0);
        }

        // Another build gives the runs other ids, so the runs of earlier code are accepted.
        StorageBackend original = StoreLocation.Open(order.Original);
        return PlanResults.Load(original, plan, options, KnownRuns.Load(original, plan, acceptEarlierCode: true), files);
    }

    // A single run needs no worker process, and its failure does not stop the experiment.
    private static RunOptions Only(RunOptions options, long index) => options with
    {
        Only = index,
        Head = null,
        Parallel = 1,
        Resume = ResumeMode.Unfinished,
        AcceptEarlierCode = false,
        Executor = Executor.InProcess,
        Observer = null,
        Output = null,
        OutputFormat = null,
        Progress = ProgressMode.None,
        StopAfterFailures = null,
        StopWhenFirstFail = null,
    };

    /// <summary>The index of the run with the ordered parameters and seeds; null if the plan has none. Ids differ between builds.</summary>
    public static long? Find(ReplayOrder order, Plan plan, IFileHasher files)
    {
        if (order.Params is null || plan.Name != order.Experiment || plan.Version != order.Version) return null;
        var workspace = new RunWorkspace(files);
        bool Matches(long index)
        {
            PlannedRun run = plan.At(index, workspace);
            return Fingerprint.Hex(run.ParamsFingerprint) == order.Params
                && (run.Seed.Base, run.Seed.Replicate, run.Seed.Point) == (order.Seed, order.Replicate, order.Point);
        }

        if (order.Index >= 0 && order.Index < plan.Count && Matches(order.Index)) return order.Index;
        for (long i = 0; i < plan.Count; i++)
            if (Matches(i)) return i;

        return null;
    }
}
