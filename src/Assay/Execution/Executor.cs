namespace Assay;

/// <summary>The place where runs are executed.</summary>
public abstract record Executor
{
    private protected Executor() { }

    /// <summary>
    /// Executes runs in this process: synchronous operations on dedicated threads, asynchronous ones as tasks. Fast, with shared memory. A
    /// run that crashes the process ends all runs, and a run that hangs occupies its thread.
    /// </summary>
    public static Executor InProcess { get; } = new InProcessExecutor();

    internal virtual void Check(List<string> faults) { }

    internal abstract void Execute(RunSession session);

    private sealed record InProcessExecutor : Executor
    {
        internal override void Execute(RunSession session)
        {
            if (session.Plan.IsAsync) new AsyncWorkers(session).Run();
            else new ThreadWorkers(session).Run();
        }

        public override string ToString() => "in process";
    }
}

/// <summary>Executes synchronous operations on threads of its own; that of a run over its time limit is abandoned and replaced.</summary>
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
            Abandon(worker, run, AttemptError.Timeout(session.Options.Timeout!.Value));
        else if (session.Stop.MustForce) Abandon(worker, run, AttemptError.Abandoned);
    }

    private void Abandon(Worker worker, RunContext run, RunError error)
    {
        try
        {
            if (!run.TryEnd(error, final: true)) return;
        }
        catch (StoreException fault)
        {
            run.Abandon();
            session.Stop.EndFor(fault);
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
        private readonly RunWorkspace _workspace = new(session.Plan.Files);

        public volatile bool IsAbandoned;
        public volatile RunContext? Current;

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
                Current = run;
                RunError? error = Execute(run);
                bool again = retries.Allows(error, retry, session.Notices) && !session.Stop.Stopping;
                try
                {
                    // Only after a timeout has the run ended already. This thread has been replaced then.
                    if (!run.TryEnd(error, final: !again)) IsAbandoned = true;
                }
                finally
                {
                    Current = null;
                    run.Release();
                }

                if (IsAbandoned || !again) return;
                if (session.Stop.Wait(retries.Wait(retry))) continue;
                // The experiment has stopped, so the failure is final.
                session.CountAndReport(run);
                return;
            }
        }

        private RunError? Execute(RunContext run)
        {
            try
            {
                using var activity = Telemetry.Start(run);
                session.Plan.Execute(run.Planned, run);
                return session.ErrorOf(run, _workspace);
            }
            catch (Exception fault)
            {
                return session.ErrorOf(fault, run);
            }
        }
    }
}

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
        var workspace = new RunWorkspace(session.Plan.Files);
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
            Task<RunError?> operation = ExecuteAsync(run, workspace);
            Task timeout = Task.Delay(limit, session.Clock, delay.Token);
            Task first = await Task.WhenAny(operation, timeout, _force.Task);
            await delay.CancelAsync();
            if (first != operation)
            {
                Abandon(run, operation, first == timeout ? AttemptError.Timeout(limit) : AttemptError.Abandoned);
                return;
            }

            RunError? error = await operation;
            bool again = retries.Allows(error, retry, session.Notices) && !session.Stop.Stopping;
            run.TryEnd(error, final: !again);
            run.Release();
            if (!again) return;
            if (await session.Stop.WaitAsync(retries.Wait(retry))) continue;
            // The experiment has stopped, so the failure is final.
            session.CountAndReport(run);
            return;
        }
    }

    private static void Abandon(RunContext run, Task operation, RunError error)
    {
        run.TryEnd(error, final: true);
        // Callbacks of the token are the user's code and may block.
        _ = Task.Run(run.Cancel);
        _ = operation.ContinueWith(_ => run.Release(), TaskScheduler.Default);
    }

    private async Task<RunError?> ExecuteAsync(RunContext run, RunWorkspace workspace)
    {
        try
        {
            using var activity = Telemetry.Start(run);
            // On another thread, because an operation that computes before its first await must not delay the timeout.
            await Task.Run(() => session.Plan.ExecuteAsync(run.Planned, run));
            return session.ErrorOf(run, workspace);
        }
        catch (Exception fault)
        {
            return session.ErrorOf(fault, run);
        }
    }
}

/// <summary>Marks code that a run executes, over awaits too: an experiment that it starts is part of the run and ends with it.</summary>
internal static class InsideRun
{
    private static readonly AsyncLocal<bool> Flowing = new();

    public static bool Is => Flowing.Value;

    /// <summary>Marks the current thread, and everything that it starts from now on, as executing runs.</summary>
    public static void Enter() => Flowing.Value = true;

    /// <summary>The options of an experiment that a run starts. A worker process has no terminal and cannot be started again.</summary>
    public static RunOptions Adapt(RunOptions options, bool inWorker) => !Is ? options
        : inWorker ? options with { HandleSignals = false, Progress = ProgressMode.None, Executor = Executor.InProcess }
        : options with { HandleSignals = false };
}
