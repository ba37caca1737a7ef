namespace Assay;

/// <summary>The lone runs that have not ended. The end of the process flushes them; they are then interrupted.</summary>
internal static class LiveRuns
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<TrackedSession> Live = [];

    // Other handlers of the event may end runs before or after this one; LateSync then syncs those runs immediately.
    static LiveRuns() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        FlushAll();
        LateSync.End();
    };

    public static void Add(TrackedSession run)
    {
        lock (Gate) Live.Add(run);
    }

    public static void Remove(TrackedSession run)
    {
        lock (Gate) Live.Remove(run);
    }

    private static void FlushAll()
    {
        TrackedSession[] runs;
        lock (Gate) runs = [.. Live];
        foreach (TrackedSession run in runs)
        {
            try
            {
                run.Series.Flush(all: true);
                run.Journal.Flush();
                run.Journal.Sync();
            }
            catch (Exception fault) when (fault is StoreException or ObjectDisposedException)
            {
                run.Notices.Warn(fault.Message);
            }
        }
    }
}
