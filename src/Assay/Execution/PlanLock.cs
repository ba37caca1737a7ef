namespace Assay;

/// <summary>Keeps two coordinators from running one experiment in one store at once: they would make the same runs twice.</summary>
internal static class PlanLock
{
    /// <exception cref="StoreException">Another coordinator holds it, or the store cannot be written.</exception>
    public static StoreLock Take(StoreLayout layout, Plan plan, TimeProvider clock)
    {
        try
        {
            return StoreLock.TryTake(layout.PlanLock(plan.Name, plan.Version), clock, removeOnRelease: false, out LockHolder? holder)
                ?? throw new StoreException(
                    $"'{plan.Title}' is being run in '{layout.Root}' by {holder?.ToString() ?? "another process"}. Expected one coordinator per experiment and store; " +
                    "wait until it ends, stop it, or choose another store. Reading the results meanwhile is fine.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotWrite(layout.Locks, fault);
        }
    }
}
