using System.Diagnostics.CodeAnalysis;

namespace Assay;

/// <summary>The place of one worker process: claims runs, orders and retries them, and replaces a process that is gone.</summary>
internal sealed class WorkerSlot(RunSession session, WorkerProcesses options)
{
    private const int MaxFalseStarts = 3;
    private static readonly TimeSpan SignalPatience = TimeSpan.FromSeconds(1);
    private readonly RunWorkspace _workspace = new(session.Files);
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
        run.TryEnd(result.Outcome.Status, result.Outcome.Error, final: false, result.Duration);
        run.Release();
        session.Journal.Flush();
        return run;
    }
}
