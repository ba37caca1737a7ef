using System.Diagnostics;

namespace Assay;

/// <summary>
/// The workers of a killed coordinator, which live until their runs are cancelled. The next coordinator waits for them, because the runs
/// that they end count, and the runs that they execute must not be executed twice.
/// </summary>
internal static class FormerWorkers
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    // The time that a worker needs to end after its runs were cancelled.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>Returns when no other process writes runs of the plan, or after a while with a warning.</summary>
    public static void AwaitEnd(StorageBackend storage, Plan plan, RunOptions options, Notices notices, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan patience = options.CancelGrace + Margin;
        for (bool warned = false; LiveJournals(storage, plan, options.Clock) is { Length: > 0 } live; warned = true)
        {
            string workers = $"{(live.Length == 1 ? "a worker process" : $"{live.Length} worker processes")} of an earlier coordinator of "
                + $"'{plan.Title}'";
            if (!warned) notices.Warn($"waiting for {workers} to end, so that no run is executed twice.");
            if (cancellationToken.WaitHandle.WaitOne(PollPeriod)) return;
            if (Stopwatch.GetElapsedTime(start) < patience) continue;
            notices.Warn($"{workers} did not end within {patience.TotalSeconds:0} s; going on. A run under way there may be executed "
                + $"twice, which costs time and no result. Its journal: {live[0]}");
            return;
        }
    }

    private static string[] LiveJournals(StorageBackend storage, Plan plan, TimeProvider clock) =>
    [
        .. storage.ListLeases()
            .Where(name => LeaseName.IsWriter(name) && !storage.IsLeasedHere(name) && storage.IsLeased(name, clock))
            .Select(name => new JournalRef(storage, JournalArea.Runs, JournalInfo.NameOf(name)))
            .Where(journal => MayBelongTo(plan, JournalHead.Read(journal)))
            .Select(journal => journal.Location),
    ];

    // A writer takes its lease a moment before its journal has a first line.
    private static bool MayBelongTo(Plan plan, JournalHead head) =>
        head.Experiment is null || (head.Experiment == plan.Name && head.Version == plan.Version);
}
