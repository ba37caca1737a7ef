using System.Diagnostics.CodeAnalysis;

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
    /// <summary>The limit of a worker's resident memory in bytes, from 32 MiB, checked ten times a second. Default: no limit.</summary>
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

/// <summary>The place of one worker process: claims runs, orders and retries them, and replaces a process that is gone.</summary>
internal sealed class WorkerSlot(RunSession session, WorkerProcesses options)
{
    private const int MaxFalseStarts = 3;
    private static readonly TimeSpan SignalPatience = TimeSpan.FromSeconds(1);
    private readonly RunWorkspace _workspace = new(session.Plan.Files);
    private WorkerProcess? _process;

    public void Run()
    {
        try
        {
            while (session.Source.TryNext(_workspace, out ClaimedRun claimed)) RunAttempts(claimed);
        }
        catch (Exception fault)
        {
            session.Stop.EndFor(fault);
        }
        finally
        {
            _process?.Dispose();
        }
    }

    // Retries are made here and not in the worker, because the wait must not count against the time limit.
    private void RunAttempts(ClaimedRun claimed)
    {
        RetryPolicy retries = session.Options.Retries;
        IEndedRun? last = null;
        for (int retry = 1; ; retry++)
        {
            IEndedRun? ended = Attempt(claimed, retry);
            last = ended ?? last;
            if (retries.Allows(ended?.Error, retry, session.Notices) && session.Stop.Wait(retries.Wait(retry))) continue;
            if (last is not null) session.CountAndReport(last);
            return;
        }
    }

    /// <returns>The attempt as recorded in a journal; null if the experiment was stopped before it began.</returns>
    private IEndedRun? Attempt(ClaimedRun claimed, int retry)
    {
        for (int falseStarts = 1; ; falseStarts++)
        {
            if (!TryStart()) return null;
            WorkerResult result = _process.Execute(claimed, retry, options.MemoryLimit);
            if (_process.IsGone)
            {
                _process.Dispose();
                _process = null;
            }

            if (result.Ended is null && !result.WasStarted)
            {
                // A process that dies between two runs is not a failure of the next run, unless it happens repeatedly.
                if (session.Stop.Stopping) return null;
                if (falseStarts < MaxFalseStarts) continue;
            }

            IEndedRun ended = result.Ended ?? Record(claimed, retry, result);
            if (!result.WasStarted) session.Kept.Started(ended);
            return ended;
        }
    }

    [MemberNotNullWhen(true, nameof(_process))]
    private bool TryStart()
    {
        try
        {
            _process ??= WorkerStart.Run(session);
            return true;
        }
        catch (AssayException)
        {
            // A signal that ended the starting worker was sent to the coordinator too, and may reach it slightly later.
            if (session.Stop.Wait(SignalPatience)) throw;
            return false;
        }
    }

    // The run_start in the worker's journal may be torn or missing, so the coordinator's journal gets both lines.
    private RunContext Record(ClaimedRun claimed, int retry, WorkerResult result)
    {
        RunContext run = session.Begin(_workspace, claimed, retry, isReported: true);
        if (result.SoFar is { Metrics: { } metrics } soFar) run.TakeOver(metrics, soFar.Tags);
        run.TryEnd(result.Error, final: false, result.Duration);
        run.Release();
        session.Journal.Flush();
        return run;
    }
}
