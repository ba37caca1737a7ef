namespace Assay;

/// <summary>One place for a worker process: claims runs, has them executed, and replaces the process when it has died or had to be killed.</summary>
internal sealed class WorkerSlot(RunSession session, StopControl stop, WorkerProcesses options)
{
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

    private void RunAttempts(ClaimedRun claimed)
    {
        RetryPolicy retries = session.Options.Retries;
        for (int attempt = claimed.Attempt; ; attempt++)
        {
            _process ??= WorkerProcess.Start(session, stop);
            WorkerResult result = _process.Execute(claimed.Run, attempt, claimed.Attempt, options.MemoryLimit);
            if (result.Reported || !result.WasStarted) return;

            // The process is gone and could not record the end itself.
            _process.Dispose();
            _process = null;
            attempt = result.Attempt;
            bool again = retries.Allows(result.Error!, attempt, claimed.Attempt, session.Notices) && !stop.Stopping;
            Record(claimed, attempt, result, final: !again);
            if (!again || !stop.Wait(retries.Wait(attempt - claimed.Attempt + 1))) return;
        }
    }

    // The worker's own run_start may be torn or missing, so the coordinator's journal gets the pair.
    private void Record(ClaimedRun claimed, int attempt, WorkerResult result, bool final)
    {
        RunContext run = session.BeginQuietly(_workspace, claimed.Run, attempt);
        run.TryEnd(result.Status, result.Error, final, result.Duration);
        run.Release();
    }
}

/// <summary>What became of one order to a worker.</summary>
/// <param name="Reported">Whether the worker told the end itself.</param>
/// <param name="WasStarted">Whether the run had begun when the process ended.</param>
/// <param name="Attempt">The attempt that was under way.</param>
/// <param name="Status">How the run is to be recorded when the worker could not.</param>
/// <param name="Error">Why.</param>
/// <param name="Duration">How long it had been running.</param>
internal readonly record struct WorkerResult(bool Reported, bool WasStarted, int Attempt, RunStatus Status, RunError? Error, TimeSpan Duration);
