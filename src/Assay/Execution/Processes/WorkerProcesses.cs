namespace Assay;

/// <summary>
/// Runs in processes of their own: a run that crashes, hangs or devours memory ends its process and nothing else. The workers are this
/// program started again with the same arguments; each serves one run after another. Costs about a tenth of a second to start a worker and
/// about a tenth of a millisecond a run.
/// </summary>
/// <remarks>
/// What the program does before <c>RunAsync</c> happens in every worker again; its output up to there is not shown. What an operation
/// prints is shown. A run whose process dies is failed with the error kind <c>infrastructure</c>; one that exceeds
/// <see cref="RunOptions.Timeout"/> is failed and its process killed. An experiment that an operation runs is executed in the worker,
/// whatever executor it asks for; experiments that the program runs before this one must have ended by then, because a worker reads their
/// results from the store.
/// </remarks>
public sealed record WorkerProcesses : Executor
{
    /// <summary>
    /// How much resident memory a worker may use, in bytes; a run during which it uses more is failed and the process killed. Looked at ten
    /// times a second. Default: no limit.
    /// </summary>
    public long? MemoryLimit { get; init; }

    internal override void Check(List<string> faults)
    {
        if (MemoryLimit is < 32 << 20) faults.Add($"MemoryLimit is {MemoryLimit} bytes; expected at least 32 MiB (33554432), which the runtime itself needs, or null for none.");
    }

    internal override void Execute(RunSession session, StopControl stop)
    {
        Thread[] slots = [.. Enumerable.Range(0, session.Options.Workers).Select(i =>
            new Thread(() => new WorkerSlot(session, stop, this).Run()) { IsBackground = true, Name = $"assay-slot-{i + 1}" })];
        foreach (Thread slot in slots) slot.Start();
        foreach (Thread slot in slots) slot.Join();
    }
}
