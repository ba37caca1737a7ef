namespace Assay;

/// <summary>Prevents two coordinators from running one experiment in one store, because they would execute the same runs.</summary>
internal static class PlanLock
{
    /// <exception cref="StoreException">Another coordinator holds it, or the store cannot be written.</exception>
    public static Lease Take(StorageBackend storage, Plan plan, TimeProvider clock, Notices notices)
    {
        string name = LeaseName.Plan(plan.Name, plan.Version);
        if (storage.TryTakeLease(name, LeaseKind.Shared, clock, out LeaseHolder? holder) is { } taken)
        {
            CleaningLease.AwaitEnd(storage, clock, notices.Warn);
            return taken;
        }

        throw new StoreException(storage.IsLeasedHere(name)
            ? $"'{plan.Title}' is being run in '{storage.Address}' by this very process already. Expected one call of RunAsync at a time "
                + "per experiment and store; await the other one first, or give this experiment another name, version or store."
            : $"'{plan.Title}' is being run in '{storage.Address}' by {holder?.ToString() ?? "another process"}. Expected one coordinator "
                + "per experiment and store; wait until it ends, stop it, or choose another store. Reading the results meanwhile is fine.");
    }
}
