namespace Assay;

/// <summary>The results of a plan in its own order, each run once.</summary>
internal static class PlanResults
{
    public static Results Load(StorageBackend storage, Plan plan, RunOptions options, KnownRuns known, IFileHasher files)
    {
        var snapshot = JournalSnapshot.Take(storage, options.Clock);
        // Journals are read when the results are first looked at: a program that only runs does not pay for reading.
        var source = new CatalogSource(trust => RunIndex.Read(snapshot, _ => head => head.Experiment == plan.Name, options.Clock, trust));
        return new Results(source, catalog => Order(catalog, plan, options, known, files));
    }

    private static int[] Order(RunCatalog catalog, Plan plan, RunOptions options, KnownRuns known, IFileHasher files)
    {
        var workspace = new RunWorkspace(files);
        var rows = new List<int>();
        var seen = new HashSet<UInt128>();
        long limit = Math.Min(plan.Count, options.Head ?? long.MaxValue);
        for (long i = 0; i < limit; i++)
        {
            PlannedRun run = plan.At(i, workspace);
            if (!seen.Add(run.Id)) continue;
            int own = catalog.Find(run.Id);
            if (own >= 0 && catalog.Status(own) == RunStatus.Success) rows.Add(own);
            else if (known.AcceptedId(run, workspace) is { } accepted && catalog.Find(accepted) is >= 0 and int earlier) rows.Add(earlier);
            else if (own >= 0) rows.Add(own);
        }

        return [.. rows];
    }
}
