namespace Assay;

/// <summary>
/// Executes runs in worker processes: a run that crashes, hangs or exhausts the memory ends its process and nothing else. The workers are
/// this program, started again with the same arguments; each serves one run after another. Starting a worker takes about a tenth of a
/// second, a run about a tenth of a millisecond longer than in process.
/// </summary>
/// <remarks>
/// Every worker repeats what the program does before <c>RunAsync</c>; its output up to there is not shown, the output of operations is. A
/// run whose process dies has failed with the error kind <c>infrastructure</c>; the process of a run that exceeds
/// <see cref="RunOptions.Timeout"/> is killed. An experiment that an operation runs is executed in the worker, whatever its executor.
/// Experiments that the program runs earlier must have ended, because a worker reads their results from the store.
/// </remarks>
public sealed record WorkerProcesses : Executor
{
    /// <summary>
    /// The limit of a worker's resident memory in bytes, checked ten times a second. A run that exceeds it has failed, and the process is
    /// killed. At least 32 MiB. Default: no limit.
    /// </summary>
    public long? MemoryLimit { get; init; }

    internal override void Check(List<string> faults)
    {
        if (MemoryLimit is < 32 << 20)
            faults.Add($"MemoryLimit is {MemoryLimit} bytes; expected at least 32 MiB (33554432), which the runtime itself needs, or null "
                + "for none.");
    }

    internal override void Execute(RunSession session)
    {
        Thread[] slots = [.. Enumerable.Range(0, session.Options.Workers).Select(i =>
            new Thread(() => new WorkerSlot(session, this).Run()) { IsBackground = true, Name = $"assay-slot-{i + 1}" })];
        foreach (Thread slot in slots) slot.Start();
        foreach (Thread slot in slots) slot.Join();
    }
}
