namespace Assay;

/// <summary>
/// Executes synchronous operations on dedicated threads. A run that exceeds its time limit has failed; because .NET cannot end a thread,
/// its thread is abandoned and replaced.
/// </summary>
internal sealed class ThreadWorkers(RunSession session)
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(20);

    // An object, because a Lock cannot be waited on.
    private readonly object _gate = new();
    private readonly List<Worker> _workers = [];

    public void Run()
    {
        for (int i = 0; i < session.Workers; i++) Add();
        bool hasTimeout = session.Options.Timeout is not null;
        while (true)
        {
            Worker[] workers;
            lock (_gate)
            {
                if (_workers.Count > 0) Monitor.Wait(_gate, hasTimeout || session.Stop.Stopping ? PollPeriod : PollPeriod * 5);
                if (_workers.Count == 0) return;
                workers = [.. _workers];
            }

            foreach (Worker worker in workers) EndOverdue(worker);
        }
    }

    private void Add()
    {
        var worker = new Worker(this, session);
        lock (_gate) _workers.Add(worker);
        worker.Start();
    }

    private void Remove(Worker worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            if (_workers.Count == 0) Monitor.PulseAll(_gate);
        }
    }

    private void EndOverdue(Worker worker)
    {
        if (worker.Current is not { } run) return;
        if (run.Deadline is { } deadline && session.Clock.GetTimestamp() >= deadline)
            Abandon(worker, run, RunOutcome.Timeout(session.Options.Timeout!.Value));
        else if (session.Stop.MustForce) Abandon(worker, run, RunOutcome.Abandoned);
    }

    private void Abandon(Worker worker, RunContext run, RunOutcome outcome)
    {
        try
        {
            if (!run.TryEnd(outcome.Status, outcome.Error, final: true)) return;
        }
        catch (StoreException fault)
        {
            run.Abandon();
            session.Stop.Break(fault);
        }

        worker.IsAbandoned = true;
        // Callbacks of the token are the user's code and may block.
        _ = Task.Run(run.Cancel);
        if (!session.Stop.Stopping) Add();
        Remove(worker);
    }

    private sealed class Worker(ThreadWorkers owner, RunSession session)
    {
        private static int _number;
        private readonly RunWorkspace _workspace = new(session.Files);
        private RunContext? _current;

        public volatile bool IsAbandoned;

        public RunContext? Current => Volatile.Read(ref _current);

        public void Start()
        {
            string name = $"assay-worker-{Interlocked.Increment(ref _number)}";
            new Thread(Loop, maxStackSize: 16 << 20) { IsBackground = true, Name = name }.Start();
        }

        private void Loop()
        {
            InsideRun.Enter();
            try
            {
                while (!IsAbandoned && session.Source.TryNext(_workspace, out ClaimedRun claimed)) RunAttempts(claimed);
            }
            catch (Exception fault)
            {
                session.Stop.EndFor(fault);
            }

            if (!IsAbandoned) owner.Remove(this);
        }

        private void RunAttempts(ClaimedRun claimed)
        {
            RetryPolicy retries = session.Options.Retries;
            for (int retry = 1; ; retry++)
            {
                RunContext run = session.Begin(_workspace, claimed, retry);
                Volatile.Write(ref _current, run);
                RunOutcome outcome = Execute(run);
                bool again = retries.Allows(outcome.Error, retry, session.Notices) && !session.Stop.Stopping;
                try
                {
                    // Only after a timeout has the run ended already. This thread has been replaced then.
                    if (!run.TryEnd(outcome.Status, outcome.Error, final: !again)) IsAbandoned = true;
                }
                finally
                {
                    Volatile.Write(ref _current, null);
                    run.Release();
                }

                if (IsAbandoned || !again) return;
                if (session.Stop.Wait(retries.Wait(retry))) continue;
                // The experiment has stopped, so the failure is final.
                session.CountAndReport(run);
                return;
            }
        }

        private RunOutcome Execute(RunContext run)
        {
            try
            {
                using var activity = Telemetry.Start(run);
                session.Plan.Execute(run.Planned, run);
                return session.OutcomeOf(run, _workspace);
            }
            catch (Exception fault)
            {
                return session.OutcomeOf(fault, run);
            }
        }
    }
}
