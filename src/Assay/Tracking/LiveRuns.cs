namespace Assay;

/// <summary>Lone runs that have not ended: when their process ends, what they recorded is brought to the disk. They stay unended, and show as interrupted.</summary>
internal static class LiveRuns
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<TrackedSession> Live = [];

    static LiveRuns() => AppDomain.CurrentDomain.ProcessExit += (_, _) => FlushAll();

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
