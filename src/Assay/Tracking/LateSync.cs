namespace Assay;

/// <summary>
/// Brings journals of ended runs to the disk within a second, and before the process ends, in the background: waiting for the disk would make short runs slow, and a killed
/// process loses nothing either way. No more than <see cref="Most"/> wait: where runs end faster than the disk takes them, the one that ends waits for the disk.
/// </summary>
internal static class LateSync
{
    /// <summary>How many journals may wait; each is an open file.</summary>
    public const int Most = 256;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);
    private static readonly Lock Gate = new();

    // Held while journals are synced, so that whoever asks for all returns when those are done, too, that another thread has begun.
    private static readonly Lock Syncing = new();
    private static readonly Timer Timer = new(_ => SyncAll());
    private static List<JournalAppender> _waiting = [];
    private static bool _isEnding;

    /// <summary>Takes over a journal that nobody writes to any more; it is synced and closed.</summary>
    public static void Take(JournalAppender file)
    {
        if (file.IsOnDisk)
        {
            file.Dispose();
            return;
        }

        bool isFull;
        lock (Gate)
        {
            _waiting.Add(file);
            if (_waiting.Count == 1) Timer.Change(Soon, Timeout.InfiniteTimeSpan);
            isFull = _isEnding || _waiting.Count >= Most;
        }

        if (isFull) SyncAll();
    }

    /// <summary>As <see cref="SyncAll"/>, when the process ends: no journal waits any more, because no timer comes. Others may end runs of theirs after this, when they hear of the end.</summary>
    public static void End()
    {
        lock (Gate) _isEnding = true;
        SyncAll();
    }

    /// <summary>Returns when every journal that was taken over before is on the disk and closed.</summary>
    public static void SyncAll()
    {
        lock (Syncing)
        {
            List<JournalAppender> files;
            lock (Gate) (files, _waiting) = (_waiting, []);
            foreach (JournalAppender file in files)
            {
                using (file) Guarded(file.Sync);
            }
        }
    }

    // Nobody waits for it who could be thrown at; what is lost, if anything, is what a power failure takes.
    private static void Guarded(Action sync)
    {
        try
        {
            sync();
        }
        catch (StoreException fault)
        {
            new Notices(ProgressDisplay.ErrorConsole(ProgressMode.None)).Warn(fault.Message);
        }
    }
}
