namespace Assay;

/// <summary>Where runs are executed.</summary>
public abstract record Executor
{
    private protected Executor() { }

    /// <summary>
    /// In this process: synchronous operations on dedicated threads, asynchronous ones as tasks. Fast, shares memory; a run that crashes the
    /// process takes the others with it, and a run that hangs keeps its thread.
    /// </summary>
    public static Executor InProcess { get; } = new InProcessExecutor();

    internal virtual void Check(List<string> faults) { }

    internal abstract void Execute(RunSession session, StopControl stop);
}
