using System.Collections.Concurrent;

namespace Assay;

/// <summary>
/// The calls of RunAsync in a worker process, outside of runs. The ordered call serves runs and ends the process. Any other call returns
/// the coordinator's results from the store, so that the program reaches the ordered call in the same state.
/// </summary>
internal static class WorkerCalls
{
    // An experiment that runs at the same time as the ordered one may be called shortly before it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, int> Calls = new(StringComparer.Ordinal);
    private static readonly ManualResetEventSlim Serving = new();

    /// <summary>Returns the number of this call of RunAsync for the experiment, from 1.</summary>
    public static int Count(Plan plan) => Calls.AddOrUpdate(plan.Title, 1, (_, n) => n + 1);

    public static Results Run(WorkOrder order, Plan plan, StorageBackend storage, RunOptions options, IFileHasher files)
    {
        if (plan.Title == order.Title && Count(plan) == order.Call)
        {
            Serving.Set();
            Environment.Exit(WorkerServer.Serve(order, plan, options, files));
        }

        KnownRuns known = KnownRuns.Load(storage, plan, options.AcceptEarlierCode);
        // With ResumeMode.Failed the coordinator has incomplete results too.
        if (options.Resume != ResumeMode.Failed && !IsComplete(plan, options, known, files)) Refuse(order, plan);
        return PlanResults.Load(storage, plan, options, known, files);
    }

    // With incomplete results the program might make another plan.
    private static void Refuse(WorkOrder order, Plan plan)
    {
        // The process ends with the ordered call that is being served on another thread.
        if (Serving.Wait(Patience)) Thread.Sleep(Timeout.Infinite);
        throw new AssayException($"'{plan.Title}' is not complete in the store, but a worker process for '{order.Title}' comes to it "
            + "first. Expected its runs to have ended: a worker repeats what the program does before the ordered RunAsync, and only reads "
            + $"the results of other experiments there. Let '{plan.Title}' end before '{order.Title}' starts, or run '{order.Title}' in "
            + "process (an experiment in worker processes cannot be started from within a run).");
    }

    private static bool IsComplete(Plan plan, RunOptions options, KnownRuns known, IFileHasher files)
    {
        var workspace = new RunWorkspace(files);
        long limit = Math.Min(plan.Count, options.Head ?? long.MaxValue);
        for (long i = 0; i < limit; i++)
        {
            PlannedRun run = plan.At(i, workspace);
            if (known.Table.TryGet(run.Id, out RunTable.Entry entry) && entry.EndedAttempt > 0) continue;
            if (known.AcceptedId(run, workspace) is null) return false;
        }

        return true;
    }
}
