using System.Diagnostics;

namespace Assay;

/// <summary>The runs of this process that have ended while their operation goes on. Thread-safe.</summary>
internal sealed class AbandonedRuns
{
    // For operations that heed their cancellation and were cancelled a moment ago.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly List<(long Index, string? Thread, Func<TimeSpan, bool> HasReturned)> _runs = [];

    /// <param name="run">The run.</param>
    /// <param name="thread">The name of the thread that it occupies; null for an asynchronous operation.</param>
    /// <param name="hasReturned">Waits for the operation.</param>
    public void Add(RunContext run, string? thread, Func<TimeSpan, bool> hasReturned)
    {
        lock (_gate)
        {
            // Most operations return soon, so the list does not grow with the number of timeouts.
            _runs.RemoveAll(other => other.HasReturned(TimeSpan.Zero));
            _runs.Add((run.Index, thread, hasReturned));
        }
    }

    /// <summary>Names the runs that still go on; null for none.</summary>
    public string? Remark()
    {
        lock (_gate)
        {
            long start = Stopwatch.GetTimestamp();
            _runs.RemoveAll(run => Stopwatch.GetElapsedTime(start) is var passed && run.HasReturned(passed < Patience ? Patience - passed
                : TimeSpan.Zero));
            if (_runs.Count == 0) return null;
            string names = ValueText.Few([.. _runs.OrderBy(run => run.Index)
                .Select(run => $"run {run.Index}{(run.Thread is null ? "" : $" ({run.Thread})")}")]);
            return $"{Plural.Of(_runs.Count, "operation")} still {Plural.Form(_runs.Count, "goes", "go")} on after the end of "
                + $"{Plural.Form(_runs.Count, "its run", "their runs")} and {Plural.Form(_runs.Count, "occupies", "occupy")} this process, "
                + $"because .NET cannot end a thread: {names}. Let the operation check run.CancellationToken, or use "
                + "Executor = new WorkerProcesses(), whose processes are killed.";
        }
    }
}
