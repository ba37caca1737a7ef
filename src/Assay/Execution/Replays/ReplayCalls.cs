namespace Assay;

/// <summary>
/// The calls of RunAsync that a replay makes outside of runs. The one whose plan has the ordered run makes it and ends the process. Any other returns what the original store holds,
/// so that the program comes to the ordered call as it did.
/// </summary>
internal static class ReplayCalls
{
    /// <param name="order">What is asked for.</param>
    /// <param name="plan">The plan of the call.</param>
    /// <param name="options">Its options, redirected.</param>
    /// <param name="files">Hashes input files.</param>
    /// <param name="run">Runs the plan with other options.</param>
    public static Results Run(ReplayOrder order, Plan plan, RunOptions options, IFileHasher files, Action<RunOptions> run)
    {
        if (order.Find(plan, files) is { } index)
        {
            run(Only(options, index));
            Environment.Exit(0);
        }

        // Another build has other ids; the results that the program went on with are those that were recorded.
        StorageBackend storage = StoreLocation.Open(order.Original);
        return PlanResults.Load(storage, plan, options, KnownRuns.Load(storage, plan, acceptEarlierCode: true), files);
    }

    // One run needs no worker process, and whether it fails is what is asked.
    private static RunOptions Only(RunOptions options, long index) => options with
    {
        Only = index,
        Head = null,
        Parallel = 1,
        Resume = ResumeMode.Unfinished,
        AcceptEarlierCode = false,
        Executor = Executor.InProcess,
        Observer = null,
        Progress = ProgressMode.None,
        StopAfterFailures = null,
        StopWhenFirstFail = null,
    };
}
