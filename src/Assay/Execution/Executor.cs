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

    /// <param name="failed">An attempt that the worker retries first.</param>
    private void Add(Attempt? failed = null)
    {
        var worker = new Worker(this, session, failed);
        lock (_gate) _workers.Add(worker);
        worker.Thread.Start();
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
        if (worker.Current is not { } attempt) return;
        if (attempt.Run.Deadline is { } deadline && session.Clock.GetTimestamp() >= deadline)
            Abandon(worker, attempt, AttemptError.Timeout(session.Options.Timeout!.Value));
        else if (session.Stop.MustForce) Abandon(worker, attempt, AttemptError.Abandoned);
    }

    private void Abandon(Worker worker, Attempt attempt, RunError error)
    {
        bool again = session.IsRetried(error, attempt.Retry);
        try
        {
            if (!attempt.Run.TryEnd(error, final: !again)) return;
        }
        catch (StoreException fault)
        {
            attempt.Run.Abandon();
            session.Stop.EndFor(fault);
            again = false;
        }

        worker.IsAbandoned = true;
        session.Abandoned.Add(attempt.Run, worker.Thread.Name, worker.Thread.Join);
        // Callbacks of the token are the user's code and may block.
        _ = Task.Run(attempt.Run.Cancel);
        if (again) Add(attempt);
        else if (!session.Stop.Stopping) Add();
        Remove(worker);
    }

    /// <summary>An attempt at a run; the retry has the number 1 for the first attempt.</summary>
    private sealed record Attempt(ClaimedRun Claimed, int Retry, RunContext Run);

    private sealed class Worker
    {
        private static int _number;
        private readonly ThreadWorkers _owner;
        private readonly RunSession _session;
        private readonly RunWorkspace _workspace;
        private readonly Attempt? _failed;

        public volatile bool IsAbandoned;
        public volatile Attempt? Current;

        public Worker(ThreadWorkers owner, RunSession session, Attempt? failed)
        {
            (_owner, _session, _failed, _workspace) = (owner, session, failed, new RunWorkspace(session.Plan.Files));
            string name = $"assay-worker-{Interlocked.Increment(ref _number)}";
            Thread = new Thread(Loop, maxStackSize: 16 << 20) { IsBackground = true, Name = name };
        }

        public Thread Thread { get; }

        private void Loop()
        {
            InsideRun.Enter();
            try
            {
                if (_failed is { Claimed: var first })
                    RunAttempts(first with { Run = _session.Plan.At(first.Run.Index, _workspace) }, _failed);
                while (!IsAbandoned && _session.Source.TryNext(_workspace, out ClaimedRun claimed)) RunAttempts(claimed, failed: null);
            }
            catch (Exception fault)
            {
                _session.Stop.EndFor(fault);
            }

            if (!IsAbandoned) _owner.Remove(this);
        }

        private void RunAttempts(ClaimedRun claimed, Attempt? failed)
        {
            while (true)
            {
                if (failed is not null && !_session.Stop.Wait(_session.Options.Retries.Wait(failed.Retry)))
                {
                    // The experiment has stopped, so the failure is final.
                    _session.CountAndReport(failed.Run);
                    return;
                }

                int retry = (failed?.Retry ?? 0) + 1;
                RunContext run = _session.Begin(_workspace, claimed, retry);
                Current = new Attempt(claimed, retry, run);
                RunError? error = Execute(run);
                bool again = !IsAbandoned && _session.IsRetried(error, retry);
                failed = Current;
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
            }
        }

        private RunError? Execute(RunContext run)
        {
            try
            {
                using var activity = Telemetry.Start(run);
                _session.Plan.Execute(run.Planned, run);
                return _session.ErrorOf(run, _workspace);
            }
            catch (Exception fault)
            {
                return _session.ErrorOf(fault, run);
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
        TimeSpan limit = session.Options.Timeout ?? Timeout.InfiniteTimeSpan;
        for (int retry = 1; ; retry++)
        {
            RunContext run = session.Begin(workspace, claimed, retry);
            using var delay = new CancellationTokenSource();
            Task<RunError?> operation = ExecuteAsync(run, workspace);
            Task timeout = Task.Delay(limit, session.Clock, delay.Token);
            Task first = await Task.WhenAny(operation, timeout, _force.Task);
            await delay.CancelAsync();
            RunError? error = first == operation ? await operation
                : first == timeout ? AttemptError.Timeout(limit) : AttemptError.Abandoned;
            bool again = session.IsRetried(error, retry);
            run.TryEnd(error, final: !again);
            if (first == operation) run.Release();
            else Abandon(run, operation);
            if (!again) return;
            if (await session.Stop.WaitAsync(session.Options.Retries.Wait(retry))) continue;
            // The experiment has stopped, so the failure is final.
            session.CountAndReport(run);
            return;
        }
    }

    private void Abandon(RunContext run, Task operation)
    {
        session.Abandoned.Add(run, thread: null, ((IAsyncResult)operation).AsyncWaitHandle.WaitOne);
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
