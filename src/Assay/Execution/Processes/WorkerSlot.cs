namespace Assay;

/// <summary>
/// One place for a worker process: claims runs, has them executed, tries them again, and replaces the process when it has died or had to be
/// killed.
/// </summary>
internal sealed class WorkerSlot(RunSession session, StopControl stop, WorkerProcesses options)
{
    private const int MostFalseStarts = 3;
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
            // The space or the worker program itself is broken: it ends the experiment and is thrown from RunAsync.
            stop.Crash(fault);
        }
        finally
        {
            _process?.Dispose();
        }
    }

    // Waiting and trying again is done here, not in the worker: a wait must not count against the time limit, which is watched from here.
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

    /// <returns>The attempt as it stands in a journal; null when the experiment was stopped before it began.</returns>
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
                // A process that dies between two runs says nothing about the next one, unless it does so again and again.
                if (stop.Stopping) return null;
                if (falseStarts < MostFalseStarts) continue;
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

    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(_process))]
    private bool TryStart()
    {
        try
        {
            _process ??= WorkerStart.Run(session, stop);
            return true;
        }
        catch (AssayException)
        {
            // A signal that ends a worker on its way here is meant for the coordinator too, and may reach it a little later.
            if (stop.Wait(SignalPatience)) throw;
            return false;
        }
    }

    // The worker's own run_start may be torn or missing, so the coordinator's journal gets the pair.
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
