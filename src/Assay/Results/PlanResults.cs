namespace Assay;

/// <summary>The results of a plan in its own order, each run once.</summary>
internal static class PlanResults
{
    public static Results Load(StoreLayout layout, Plan plan, RunOptions options, KnownRuns known, IFileHasher files)
    {
        var snapshot = JournalSnapshot.Take(layout);
        // Journals are read when the results are first looked at: a program that only runs does not pay for reading.
        var catalog = new Lazy<RunCatalog>(() => RunCatalog.Load(layout, snapshot, head => head.Experiment == plan.Name, options.Clock));
        return new Results(catalog, () => Order(catalog.Value, plan, options, known, files));
    }

    private static RunEntry[] Order(RunCatalog catalog, Plan plan, RunOptions options, KnownRuns known, IFileHasher files)
    {
        var workspace = new RunWorkspace(files);
        var entries = new List<RunEntry>();
        var seen = new HashSet<UInt128>();
        long limit = Math.Min(plan.Count, options.Head ?? long.MaxValue);
        for (long i = 0; i < limit; i++)
        {
            PlannedRun run = plan.At(i, workspace);
            if (!seen.Add(run.Id)) continue;
            bool own = catalog.TryGet(run.Id, out RunEntry entry);
            if (own && entry.Status == RunStatus.Success) entries.Add(entry);
            else if (known.AcceptedId(run, workspace) is { } accepted && catalog.TryGet(accepted, out RunEntry earlier)) entries.Add(earlier);
            else if (own) entries.Add(entry);
        }

        return [.. entries];
    }
}
