namespace Assay;

/// <summary>Keeps restoring runs and freeing what they hold apart: what comes back must be whole.</summary>
internal static class CleaningLock
{
    /// <exception cref="StoreException">Another process holds it, or the store cannot be written.</exception>
    public static StoreLock Take(StoreLayout layout, TimeProvider clock)
    {
        try
        {
            return StoreLock.TryTake(layout.CleaningLock, clock, removeOnRelease: false, out LockHolder? holder)
                ?? throw new StoreException($"the store '{layout.Root}' is being cleaned up, or runs in it are being restored, by {holder?.ToString() ?? "another process"}. Expected one at a time; wait until it ends. Nothing was changed.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotAnnotate(layout.CleaningLock, fault);
        }
    }
}
