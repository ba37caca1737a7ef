namespace Assay;

/// <summary>Runs asynchronous operations as tasks, so many at once. A run that exceeds its time is failed at once and its task left behind.</summary>
internal sealed class AsyncWorkers(RunSession session, StopControl stop)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly TaskCompletionSource _force = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Run()
    {
        Task all = Task.WhenAll(Enumerable.Range(0, session.Workers).Select(_ => Task.Run(LoopAsync)));
        while (!all.Wait(Look))
        {
            if (stop.MustForce) _force.TrySetResult();
        }
    }

    private async Task LoopAsync()
    {
        InsideRun.Enter();
        var workspace = new RunWorkspace(session.Files);
        try
        {
            while (session.Source.TryNext(workspace, out ClaimedRun claimed)) await RunAttemptsAsync(workspace, claimed);
        }
        catch (StoreException fault)
        {
            stop.Break(fault);
        }
        catch (Exception fault)
        {
            // Not a run's failure (those are recorded) but the space's or the source's: it ends the experiment and is thrown from RunAsync.
            stop.Crash(fault);
        }
    }

    private async Task RunAttemptsAsync(RunWorkspace workspace, ClaimedRun claimed)
    {
        RetryPolicy retries = session.Options.Retries;
        for (int attempt = claimed.Attempt; ; attempt++)
        {
            RunContext run = session.Begin(workspace, claimed.Run, attempt, attempt == claimed.Attempt);
            using var delay = new CancellationTokenSource();
            Task<RunOutcome> operation = ExecuteAsync(run, workspace);
            Task timeout = session.Options.Timeout is { } limit ? Task.Delay(limit, session.Clock, delay.Token) : Task.Delay(-1, delay.Token);
            Task first = await Task.WhenAny(operation, timeout, _force.Task);
            await delay.CancelAsync();
            if (first != operation)
            {
                LeaveBehind(run, operation, first == timeout ? RunOutcome.Timeout(session.Options.Timeout!.Value) : RunOutcome.Abandoned);
                return;
            }

            RunOutcome outcome = await operation;
            bool again = outcome.Error is not null && retries.Allows(outcome.Error, attempt, claimed.Attempt, session.Notices) && !stop.Stopping;
            run.TryEnd(outcome.Status, outcome.Error, final: !again);
            run.Release();
            if (!again) return;
            if (await stop.WaitAsync(retries.Wait(attempt - claimed.Attempt + 1))) continue;
            // The retry will not come, so the failure is the last word of this session.
            session.CountAndTell(run);
            return;
        }
    }

    private static void LeaveBehind(RunContext run, Task operation, RunOutcome outcome)
    {
        run.TryEnd(outcome.Status, outcome.Error, final: true);
        // Callbacks on the token are the user's code and may block; the scratch folder goes when the operation has really returned.
        _ = Task.Run(run.Cancel);
        _ = operation.ContinueWith(_ => run.Release(), TaskScheduler.Default);
    }

    private async Task<RunOutcome> ExecuteAsync(RunContext run, RunWorkspace workspace)
    {
        try
        {
            using var activity = Telemetry.Start(run);
            // Off this loop's stack: an operation that works before its first await must not hold up the timeout.
            await Task.Run(() => session.Plan.ExecuteAsync(run.Planned, run));
            session.Plan.CheckUnchanged(run.Planned, workspace);
            return session.CheckInputs(RunOutcome.Success, stop);
        }
        catch (Exception fault)
        {
            // Whatever the user's operation throws is the run's outcome.
            if (session.Journal.Fault is { } broken) throw broken;
            return RunOutcome.Of(fault, run);
        }
    }
}
