namespace Assay;

/// <summary>
/// Runs synchronous operations on dedicated threads. A watchdog ends runs that exceed their time: the run is failed at once, and since .NET
/// cannot end a thread, its thread is left behind and another takes its place.
/// </summary>
internal sealed class ThreadWorkers(RunSession session, StopControl stop) : IDisposable
{
    private readonly RunSession _session = session;
    private readonly StopControl _stop = stop;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly Lock _gate = new();
    private readonly List<Worker> _workers = [];
    private readonly ManualResetEventSlim _idle = new(false);

    public void Run()
    {
        for (int i = 0; i < _session.Workers; i++) Add();
        bool watched = _session.Options.Timeout is not null;
        while (!_idle.Wait(watched || _stop.Stopping ? Look : Look * 5))
        {
            if (watched) EndOverdue();
            if (_stop.MustForce) ForceEnd();
        }
    }

    public void Dispose()
    {
        // The last worker may still be inside its Set.
        lock (_gate) _idle.Dispose();
    }

    private void Add()
    {
        var worker = new Worker(this);
        lock (_gate) _workers.Add(worker);
        worker.Start();
    }

    private void Remove(Worker worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            if (_workers.Count == 0) _idle.Set();
        }
    }

    private void EndOverdue()
    {
        long now = _session.Clock.GetTimestamp();
        foreach (Worker worker in Snapshot())
        {
            if (worker.Current is not { Deadline: { } deadline } run || now < deadline) continue;
            LeaveBehind(worker, run, RunOutcome.Timeout(_session.Options.Timeout!.Value), replace: true);
        }
    }

    private void ForceEnd()
    {
        foreach (Worker worker in Snapshot())
        {
            if (worker.Current is { } run) LeaveBehind(worker, run, RunOutcome.Abandoned, replace: false);
        }
    }

    private void LeaveBehind(Worker worker, RunContext run, RunOutcome outcome, bool replace)
    {
        try
        {
            if (!run.TryEnd(outcome.Status, outcome.Error, final: true)) return;
        }
        catch (StoreException fault)
        {
            run.Abandon();
            _stop.Break(fault);
        }

        worker.LeftBehind = true;
        // Callbacks on the token are the user's code and may block.
        _ = Task.Run(run.Cancel);
        if (replace && !_stop.Stopping) Add();
        Remove(worker);
    }

    private Worker[] Snapshot()
    {
        lock (_gate) return [.. _workers];
    }

    private sealed class Worker(ThreadWorkers owner)
    {
        private static int _number;
        private readonly RunWorkspace _workspace = new(owner._session.Files);

        /// <summary>The run under way. Volatile by way of the property: the watchdog reads it.</summary>
        public RunContext? Current => Volatile.Read(ref _current);

        public volatile bool LeftBehind;
        private RunContext? _current;

        public void Start() =>
            new Thread(Loop, maxStackSize: 16 << 20) { IsBackground = true, Name = $"assay-worker-{Interlocked.Increment(ref _number)}" }.Start();

        private void Loop()
        {
            InsideRun.Enter();
            try
            {
                while (!LeftBehind && owner._session.Source.TryNext(_workspace, out ClaimedRun claimed)) RunAttempts(claimed);
            }
            catch (StoreException fault)
            {
                owner._stop.Break(fault);
            }
            catch (Exception fault)
            {
                // Not a run's failure (those are recorded) but the space's or the source's: it ends the experiment and is thrown from RunAsync.
                owner._stop.Crash(fault);
            }

            if (!LeftBehind) owner.Remove(this);
        }

        private void RunAttempts(ClaimedRun claimed)
        {
            RetryPolicy retries = owner._session.Options.Retries;
            for (int attempt = claimed.Attempt; ; attempt++)
            {
                RunContext run = owner._session.Begin(_workspace, claimed.Run, attempt, attempt == claimed.Attempt);
                Volatile.Write(ref _current, run);
                RunOutcome outcome = Execute(run);
                bool again = outcome.Error is not null && retries.Allows(outcome.Error, attempt, claimed.Attempt, owner._session.Notices) && !owner._stop.Stopping;
                try
                {
                    // Refused only when the watchdog was first; it has a replacement, so this thread must not take another run.
                    if (!run.TryEnd(outcome.Status, outcome.Error, final: !again)) LeftBehind = true;
                }
                finally
                {
                    Volatile.Write(ref _current, null);
                    run.Release();
                }

                if (LeftBehind || !again) return;
                if (owner._stop.Wait(retries.Wait(attempt - claimed.Attempt + 1))) continue;
                // The retry will not come, so the failure is the last word of this session.
                owner._session.CountAndTell(run);
                return;
            }
        }

        private RunOutcome Execute(RunContext run)
        {
            try
            {
                using var activity = Telemetry.Start(run);
                owner._session.Plan.Execute(run.Planned, run);
                owner._session.Plan.CheckUnchanged(run.Planned, _workspace);
                return owner._session.CheckInputs(RunOutcome.Success, owner._stop);
            }
            catch (Exception fault)
            {
                // Whatever the user's operation throws is the run's outcome.
                if (owner._session.Journal.Fault is { } broken) throw broken;
                return RunOutcome.Of(fault, run);
            }
        }
    }
}
