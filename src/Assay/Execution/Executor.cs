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
