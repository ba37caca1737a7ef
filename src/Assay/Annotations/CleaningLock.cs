namespace Assay;

/// <summary>Keeps restoring runs and freeing what they hold apart: what comes back must be whole.</summary>
internal static class CleaningLock
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Waits until nobody frees anything. A writer calls it when it holds a lock of its own: whoever frees artifacts holds this lock first and then looks for writers, so that at least one of
    /// the two sees the other, and no artifact goes that a writer finds there and is about to name.
    /// </summary>
    public static void AwaitEnd(StoreLayout layout, TimeProvider clock)
    {
        while (File.Exists(layout.CleaningLock + ".lock") && StoreLock.IsHeld(layout.CleaningLock, clock)) Thread.Sleep(Look);
    }

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
