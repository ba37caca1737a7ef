namespace Assay;

/// <summary>
/// Brings journals of ended runs to the disk within a second, and at the end of the process, in the background: waiting for the disk would make short runs slow, and a killed
/// process loses nothing either way.
/// </summary>
internal static class LateSync
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);
    private static readonly Lock Gate = new();
    private static readonly Timer Timer = new(_ => SyncAll());
    private static List<JournalFile> _waiting = [];

    static LateSync() => AppDomain.CurrentDomain.ProcessExit += (_, _) => SyncAll();

    /// <summary>Takes over a journal that nobody writes to any more; it is synced and closed.</summary>
    public static void Take(JournalFile file)
    {
        lock (Gate)
        {
            _waiting.Add(file);
            if (_waiting.Count == 1) Timer.Change(Soon, Timeout.InfiniteTimeSpan);
        }
    }

    private static void SyncAll()
    {
        List<JournalFile> files;
        lock (Gate) (files, _waiting) = (_waiting, []);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (JournalFile file in files)
        {
            using (file)
            {
                // One look at the folder does for all of them.
                Guarded(() => file.Sync(name: false));
                folders.Add(Path.GetDirectoryName(file.Path)!);
            }
        }

        foreach (string folder in folders) Guarded(() => FolderSync.Sync(folder));
    }

    // Nobody waits for it who could be thrown at; what is lost, if anything, is what a power failure takes.
    private static void Guarded(Action sync)
    {
        try
        {
            sync();
        }
        catch (Exception fault) when (fault is StoreException or IOException)
        {
            new Notices(ProgressDisplay.ErrorConsole(ProgressMode.None)).Warn(fault.Message);
        }
    }
}
