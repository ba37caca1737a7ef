using System.Collections.Concurrent;

namespace Assay;

/// <summary>
/// The calls of RunAsync that a worker process makes outside of runs. The ordered one serves and ends the process. Any other is the
/// coordinator's to run; here it returns what that left in the store, so that the program comes to the ordered call as the coordinator did.
/// </summary>
internal static class WorkerCalls
{
    // An experiment that runs beside the ordered one may be called a little before it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, int> Calls = new(StringComparer.Ordinal);
    private static readonly ManualResetEventSlim Serving = new();

    /// <summary>Counts the calls of RunAsync for an experiment, so that a worker can tell them apart.</summary>
    /// <returns>Which call this is, from 1.</returns>
    public static int Count(Plan plan) => Calls.AddOrUpdate(plan.Title, 1, (_, n) => n + 1);

    public static Results Run(WorkOrder order, Plan plan, StorageBackend storage, RunOptions options, IFileHasher files)
    {
        if (plan.Title == order.Title && Count(plan) == order.Call)
        {
            Serving.Set();
            Environment.Exit(WorkerServer.Serve(order, plan, options, files));
        }

        KnownRuns known = KnownRuns.Load(storage, plan, options.AcceptEarlierCode);
        // Who asks for failed runs only, gets a part of the plan in the coordinator too.
        if (options.Resume != ResumeMode.Failed && !IsComplete(plan, options, known, files)) Refuse(order, plan);
        return PlanResults.Load(storage, plan, options, known, files);
    }

    // The results of a part would be taken for those of the whole, and a program that goes on with them may come to another plan.
    private static void Refuse(WorkOrder order, Plan plan)
    {
        // The process ends with the call that is served beside this one.
        if (Serving.Wait(Patience)) Thread.Sleep(Timeout.Infinite);
        throw new AssayException(
            $"'{plan.Title}' is not complete in the store, but a worker process for '{order.Title}' comes to it first. Expected its runs to have ended: a worker repeats what the program " +
            $"does before the ordered RunAsync, and only reads the results of other experiments there. Let '{plan.Title}' end before '{order.Title}' starts, or run '{order.Title}' in process " +
            "(an experiment in worker processes cannot be started from within a run).");
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
