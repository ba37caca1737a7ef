namespace Assay;

/// <summary>
/// The calls of RunAsync that a replay makes outside of runs. The one whose plan has the ordered run makes it and ends the process. Any
/// other returns what the original store holds, so that the program reaches the ordered call with the results it had.
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

        // Another build gives the runs other ids, so those of earlier code are accepted.
        StorageBackend original = StoreLocation.Open(order.Original);
        return PlanResults.Load(original, plan, options, KnownRuns.Load(original, plan, acceptEarlierCode: true), files);
    }

    // One run needs no worker process, and a failure of it is a result.
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

    /// <summary>The index of the ordered run in a plan; null when it is not in it.</summary>
    /// <remarks>Another build or another context gives the run another id, but not other parameters and seeds.</remarks>
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
