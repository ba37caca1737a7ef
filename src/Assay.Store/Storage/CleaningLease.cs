namespace Assay.Storage;

/// <summary>Keeps writers, restored runs and cleanups apart: what comes back, or is about to be referred to, must not go.</summary>
public static class CleaningLease
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Waits until no cleanup runs. A writer calls it when it holds a lease of its own: a cleanup holds the cleaning lease first and then
    /// looks for writers, so that at least one of the two sees the other, and no artifact goes that a writer finds there and is about to
    /// name.
    /// </summary>
    /// <param name="storage">The store.</param>
    /// <param name="clock">Decides whether a holder on another host lives.</param>
    /// <param name="report">Is called once with the reason, if the call has to wait.</param>
    public static void AwaitEnd(StorageBackend storage, TimeProvider clock, Action<string> report)
    {
        for (bool reported = false; storage.IsLeased(LeaseName.Cleaning, clock); reported = true)
        {
            if (!reported)
            {
                string holder = Describe(storage.FindHolder(LeaseName.Cleaning), clock);
                report($"waiting until the store '{storage.Address}' is no longer being cleaned up, or runs in it restored, by {holder}.");
            }

            Thread.Sleep(Look);
        }
    }

    /// <summary>Takes the lease.</summary>
    /// <exception cref="StoreException">Another process holds it, or the store cannot be written.</exception>
    public static Lease Take(StorageBackend storage, TimeProvider clock)
    {
        try
        {
            return storage.TryTakeLease(LeaseName.Cleaning, LeaseKind.Shared, clock, out LeaseHolder? holder)
                ?? throw new StoreException(
                    $"the store '{storage.Address}' is being cleaned up, or runs in it are being restored, by {Describe(holder, clock)}. "
                    + "Expected one at a time; wait until it ends. Nothing was changed.");
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            throw StoreFaults.CannotAnnotate(storage.Address, fault);
        }
    }

    private static string Describe(LeaseHolder? holder, TimeProvider clock) => holder?.Describe(clock) ?? "another process";
}
