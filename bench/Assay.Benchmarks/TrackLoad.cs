namespace Assay.Benchmarks;

/// <summary>The load: a lone run that tracks small records. Git is not called: the snapshot is off.</summary>
internal static class TrackLoad
{
    public const string Name = "training my neural network";

    public static TrackOptions Options(string store) => new() { Store = store, Snapshot = SnapshotOptions.Off };

    /// <summary>One run with the given numbers of records and threads; returns when the operating system has all of it.</summary>
    public static void Run(string store, int records, int threads)
    {
        using Run run = Assay.Run.Start(Name, options: Options(store));
        if (threads == 1) Track(run, 0, records);
        else OnThreads(run, records, threads);
    }

    public static double Loss(int step) => 1.0 / (step + 1);

    public static double Accuracy(int step) => 0.6 + (0.3 * step / (step + 100.0));

    private static void OnThreads(Run run, int records, int threads)
    {
        Thread[] all = [.. Enumerable.Range(0, threads).Select(
            t => new Thread(() => Track(run, (int)((long)records * t / threads), (int)((long)records * (t + 1) / threads))))];
        foreach (Thread thread in all) thread.Start();
        foreach (Thread thread in all) thread.Join();
    }

    private static void Track(Run run, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            double loss = Loss(step), acc = Accuracy(step);
            run.Track(new { step, metrics = new { loss, acc } });
        }
    }
}
