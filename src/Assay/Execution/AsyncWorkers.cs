namespace Assay;

/// <summary>Executes asynchronous operations as tasks. A run that exceeds its time limit has failed, and its task is abandoned.</summary>
internal sealed class AsyncWorkers(RunSession session)
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(20);
    private readonly TaskCompletionSource _force = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Run()
    {
        Task all = Task.WhenAll(Enumerable.Range(0, session.Workers).Select(_ => Task.Run(LoopAsync)));
        while (!all.Wait(PollPeriod))
            if (session.Stop.MustForce) _force.TrySetResult();
    }

    private async Task LoopAsync()
    {
        InsideRun.Enter();
        var workspace = new RunWorkspace(session.Files);
        try
        {
            while (session.Source.TryNext(workspace, out ClaimedRun claimed)) await RunAttemptsAsync(workspace, claimed);
        }
        catch (Exception fault)
        {
            session.Stop.EndFor(fault);
        }
    }

    private async Task RunAttemptsAsync(RunWorkspace workspace, ClaimedRun claimed)
    {
        RetryPolicy retries = session.Options.Retries;
        TimeSpan limit = session.Options.Timeout ?? Timeout.InfiniteTimeSpan;
        for (int retry = 1; ; retry++)
        {
            RunContext run = session.Begin(workspace, claimed, retry);
            using var delay = new CancellationTokenSource();
            Task<RunOutcome> operation = ExecuteAsync(run, workspace);
            Task timeout = Task.Delay(limit, session.Clock, delay.Token);
            Task first = await Task.WhenAny(operation, timeout, _force.Task);
            await delay.CancelAsync();
            if (first != operation)
            {
                Abandon(run, operation, first == timeout ? RunOutcome.Timeout(limit) : RunOutcome.Abandoned);
                return;
            }

            RunOutcome outcome = await operation;
            bool again = retries.Allows(outcome.Error, retry, session.Notices) && !session.Stop.Stopping;
            run.TryEnd(outcome.Status, outcome.Error, final: !again);
            run.Release();
            if (!again) return;
            if (await session.Stop.WaitAsync(retries.Wait(retry))) continue;
            // The experiment has stopped, so the failure is final.
            session.CountAndReport(run);
            return;
        }
    }

    private static void Abandon(RunContext run, Task operation, RunOutcome outcome)
    {
        run.TryEnd(outcome.Status, outcome.Error, final: true);
        // Callbacks of the token are the user's code and may block.
        _ = Task.Run(run.Cancel);
        _ = operation.ContinueWith(_ => run.Release(), TaskScheduler.Default);
    }

    private async Task<RunOutcome> ExecuteAsync(RunContext run, RunWorkspace workspace)
    {
        try
        {
            using var activity = Telemetry.Start(run);
            // On another thread, because an operation that computes before its first await must not delay the timeout.
            await Task.Run(() => session.Plan.ExecuteAsync(run.Planned, run));
            return session.OutcomeOf(run, workspace);
        }
        catch (Exception fault)
        {
            return session.OutcomeOf(fault, run);
        }
    }
}
