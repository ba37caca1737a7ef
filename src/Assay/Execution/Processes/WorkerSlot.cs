using System.Diagnostics.CodeAnalysis;

namespace Assay;

/// <summary>The place of one worker process: claims runs, orders and retries them, and replaces a process that is gone.</summary>
internal sealed class WorkerSlot(RunSession session, StopControl stop, WorkerProcesses options)
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
        catch (StoreException fault)
        {
            stop.Break(fault);
        }
        catch (Exception fault)
        {
            // A fault of the space or of the worker program ends the experiment and is thrown by RunAsync.
            stop.Crash(fault);
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
        for (int attempt = claimed.Attempt; ; attempt++)
        {
            IEndedRun? ended = Attempt(claimed, attempt);
            last = ended ?? last;
            bool again = ended?.Error is { } error && retries.Allows(error, attempt, claimed.Attempt, session.Notices) && !stop.Stopping;
            if (again && stop.Wait(retries.Wait(attempt - claimed.Attempt + 1))) continue;
            if (last is not null) session.CountAndTell(last);
            return;
        }
    }

    /// <returns>The attempt as recorded in a journal; null if the experiment was stopped before it began.</returns>
    private IEndedRun? Attempt(ClaimedRun claimed, int attempt)
    {
        bool first = attempt == claimed.Attempt;
        for (int falseStarts = 1; ; falseStarts++)
        {
            if (!TryStart()) return null;
            WorkerResult result = _process.Execute(claimed.Run, attempt, first, options.MemoryLimit);
            Replace();
            if (result.Ended is null && !result.WasStarted)
            {
                // A process that dies between two runs is not a failure of the next run, unless it happens repeatedly.
                if (stop.Stopping) return null;
                if (falseStarts < MaxFalseStarts) continue;
            }

            IEndedRun ended = result.Ended ?? Record(claimed, attempt, first, result);
            if (!result.WasStarted) session.Kept.Started(ended);
            return ended;
        }
    }

    private void Replace()
    {
        if (_process is not { IsGone: true }) return;
        _process.Dispose();
        _process = null;
    }

    [MemberNotNullWhen(true, nameof(_process))]
    private bool TryStart()
    {
        try
        {
            _process ??= WorkerStart.Run(session, stop);
            return true;
        }
        catch (AssayException)
        {
            // A signal that ended the starting worker was sent to the coordinator too, and may reach it slightly later.
            if (stop.Wait(SignalPatience)) throw;
            return false;
        }
    }

    // The run_start in the worker's journal may be torn or missing, so the coordinator's journal gets both lines.
    private RunContext Record(ClaimedRun claimed, int attempt, bool first, WorkerResult result)
    {
        RunContext run = session.BeginQuietly(_workspace, claimed.Run, attempt, first);
        if (result.SoFar is { Metrics: { } metrics } soFar) run.TakeOver(metrics, soFar.Tags);
        run.TryEnd(result.Outcome.Status, result.Outcome.Error, final: false, result.Duration);
        run.Release();
        session.Journal.Flush();
        return run;
    }
}
