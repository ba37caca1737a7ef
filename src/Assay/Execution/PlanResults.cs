namespace Assay;

/// <summary>The results of a plan in plan order, each run once. The journals are read when the results are first used.</summary>
internal static class PlanResults
{
    public static Results Load(StorageBackend storage, Plan plan, RunOptions options, KnownRuns known, IFileHasher files) =>
        Store.Open(storage, options.Clock).Load(plan.Name, runs => Order(runs, plan, options, known, files));

    private static IEnumerable<UInt128> Order(RunLookup runs, Plan plan, RunOptions options, KnownRuns known, IFileHasher files)
    {
        var workspace = new RunWorkspace(files);
        var seen = new HashSet<UInt128>();
        long limit = Math.Min(plan.Count, options.Head ?? long.MaxValue);
        for (long i = 0; i < limit; i++)
        {
            PlannedRun run = plan.At(i, workspace);
            if (!seen.Add(run.Id)) continue;
            RunStatus? own = runs.StatusOf(run.Id);
            if (own == RunStatus.Success) yield return run.Id;
            else if (known.AcceptedId(run, workspace) is { } accepted && runs.StatusOf(accepted) is not null) yield return accepted;
            else if (own is not null) yield return run.Id;
        }
    }
}
