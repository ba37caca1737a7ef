namespace Assay;

/// <summary>Syncs the journals of ended lone runs in the background, at the latest when the process ends or too many wait.</summary>
internal static class LateSync
{
    /// <summary>The number of journals that may wait; each is an open file.</summary>
    public const int MaxWaiting = 256;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);
    private static readonly Lock Gate = new();

    // Held while journals are synced, so that SyncAll also waits for those that another thread is syncing.
    private static readonly Lock Syncing = new();
    private static readonly Timer Timer = new(_ => SyncAll());
    private static List<JournalAppender> _waiting = [];
    private static bool _isEnding;

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
            if (_waiting.Count == 1) Timer.Change(Delay, Timeout.InfiniteTimeSpan);
            isFull = _isEnding || _waiting.Count >= MaxWaiting;
        }

        if (isFull) SyncAll();
    }

    /// <summary>Syncs everything at the end of the process. Runs that end later are synced immediately.</summary>
    public static void End()
    {
        lock (Gate) _isEnding = true;
        SyncAll();
    }

    /// <summary>Returns when all journals that were taken over are on the disk and closed.</summary>
    public static void SyncAll()
    {
        lock (Syncing)
        {
            List<JournalAppender> files;
            lock (Gate) (files, _waiting) = (_waiting, []);
            foreach (JournalAppender file in files) SyncAndClose(file);
        }
    }

    private static void SyncAndClose(JournalAppender file)
    {
        try
        {
            using (file) file.Sync();
        }
        catch (StoreException fault)
        {
            // The run has ended, so no caller can receive the exception.
            Notices.ToStandardError().Warn(fault.Message);
        }
    }
}
