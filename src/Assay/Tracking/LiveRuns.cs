namespace Assay;

/// <summary>Lone runs that have not ended: when their process ends, what they recorded is brought to the disk. They stay unended, and show as interrupted.</summary>
internal static class LiveRuns
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<TrackedSession> Live = [];

    // From the first run on: whoever is told of the end earlier ends runs before this, whoever is told later finds that nothing waits any more.
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
                run.Series.FlushAll();
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
