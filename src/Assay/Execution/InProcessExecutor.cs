namespace Assay;

internal sealed record InProcessExecutor : Executor
{
    internal override void Execute(RunSession session, StopControl stop)
    {
        if (session.Plan.IsAsync)
        {
            new AsyncWorkers(session, stop).Run();
            return;
        }

        using var workers = new ThreadWorkers(session, stop);
        workers.Run();
    }

    /// <inheritdoc/>
    public override string ToString() => "in process";
}
