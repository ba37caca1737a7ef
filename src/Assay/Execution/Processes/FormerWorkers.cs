using System.Diagnostics;

namespace Assay;

/// <summary>
/// Worker processes outlive a coordinator that is killed by as long as their runs take to be cancelled. What they still end counts, and
/// what they still execute must not be executed twice, so the next coordinator waits for them.
/// </summary>
internal static class FormerWorkers
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Beyond the time that cancelled runs have, for what a worker does at its end.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Returns when nobody writes runs of the plan any more, or after a while with a warning. The caller holds the plan's lock.
    /// </summary>
    public static void AwaitEnd(StorageBackend storage, Plan plan, RunOptions options, Notices notices, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan patience = options.CancelGrace + Margin;
        for (bool told = false; Living(storage, plan, options.Clock) is { Length: > 0 } living; told = true)
        {
            if (!told) notices.Warn($"waiting for {Count(living)} of an earlier coordinator of '{plan.Title}' to end, so that no run is executed twice.");
            if (cancellationToken.WaitHandle.WaitOne(Look)) return;
            if (Stopwatch.GetElapsedTime(start) < patience) continue;
            notices.Warn($"{Count(living)} of an earlier coordinator of '{plan.Title}' did not end within {patience.TotalSeconds:0} s; going on. " +
                         $"A run under way there may be executed twice, which costs time and no result. Its journal: {living[0]}");
            return;
        }
    }

    /// <summary>Journals of the plan that another process writes.</summary>
    private static string[] Living(StorageBackend storage, Plan plan, TimeProvider clock) =>
    [
        .. storage.ListLeases().Where(name => LeaseName.IsWriter(name) && !storage.IsLeasedHere(name) && storage.IsLeased(name, clock))
            .Select(name => new JournalRef(storage, JournalArea.Runs, JournalInfo.NameOf(name))).Where(journal => MayHold(journal, plan)).Select(journal => journal.Location),
    ];

    // A writer takes its lease a moment before its journal has a first line.
    private static bool MayHold(JournalRef journal, Plan plan)
    {
        JournalHead head = JournalHead.Read(journal);
        return head.Experiment is null || (head.Experiment == plan.Name && head.Version == plan.Version);
    }

    private static string Count(string[] living) => living.Length == 1 ? "a worker process" : $"{living.Length} worker processes";
}
