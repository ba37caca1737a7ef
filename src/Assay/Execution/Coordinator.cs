using Spectre.Console;

namespace Assay;

/// <summary>Runs a plan: takes its lock, reads the known runs, executes the others and loads the results.</summary>
internal sealed class Coordinator(RunCounters counters, FailureWatch failures, EventStream events) : IKeptRuns
{
    public static Task<Results> RunAsync(
        Func<Plan> plan, StorageBackend storage, RunOptions options, IFileHasher files, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Run(plan(), storage, options, files, cancellationToken),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Started(IEndedRun run)
    {
        counters.Started(run);
        events.Started(run);
    }

    public void Ended(IEndedRun run) => failures.Ended(run);

    public void Finished(IEndedRun run)
    {
        counters.Finished(run);
        Telemetry.Ended(run);
        events.Finished(run);
    }

    private static Results Run(
        Plan plan, StorageBackend storage, RunOptions options, IFileHasher files, CancellationToken cancellationToken)
    {
        options = InsideRun.Adapt(options, WorkOrder.FromEnvironment is not null);
        if (WorkOrder.FromEnvironment is { } order && !InsideRun.Is) return WorkerCalls.Run(order, plan, storage, options, files);
        if (ReplayEnvironment.Order is { IsMine: true } replay && !InsideRun.Is && options.Only is null)
            return ReplayCalls.Run(replay, plan, options, files, only => Run(plan, storage, only, files, cancellationToken));
        // Calls within runs are not counted, because a worker does not execute the runs before its call.
        int call = InsideRun.Is ? 1 : WorkerCalls.Count(plan);
        StoreDescription.Ensure(storage, options.Clock);
        IAnsiConsole console = ProgressDisplay.ErrorConsole(options.Progress);
        var notices = new Notices(console);
        using Lease planLock = PlanLock.Take(storage, plan, options.Clock, notices);
        storage.RemoveLeftovers(options.Clock);
        FormerWorkers.AwaitEnd(storage, plan, options, notices, cancellationToken);
        KnownRuns known = KnownRuns.Load(storage, plan, options.AcceptEarlierCode);
        Remarks.BeforeRunning(plan, known, notices, options);

        var claims = new Claims(plan, known, options);
        using var stop = new StopControl(claims.Stop, options.Clock, options.CancelGrace);
        var counters = new RunCounters(claims, options.Workers);
        var failures = new FailureWatch(options, stop, known.HasSuccess(plan.Identity));
        using (var events = new EventStream(options.Observer, notices))
        using (var interrupts = Interrupts.Listen(stop, notices, options.HandleSignals))
        {
            var coordinator = new Coordinator(counters, failures, events);
            using (var session = new RunSession(plan, storage, options, files, claims, stop, notices, coordinator) { Call = call })
            using (cancellationToken.Register(stop.Cancel))
            using (var progress = ProgressDisplay.Start(options, console, plan, counters))
            {
                planLock.WhenLost(taker => stop.Break(TakenOver(plan, storage, taker)));
                options.Executor.Execute(session);
                session.Journal.Dispose();
                if (session.Journal.Fault is { } fault) stop.Break(fault);
                session.CheckInputs(thorough: true);
            }

            events.Dispose();
            Remarks.AfterRunning(plan, counters, failures, notices, storage);
            planLock.Dispose();
            if (interrupts.Stopped)
            {
                if (stop.Broken is { } fault) notices.Warn(fault.Message);
                Remarks.Interrupted(plan, counters, notices);
            }

            interrupts.ExitIfStopped();
        }

        ThrowIfBroken(stop);
        cancellationToken.ThrowIfCancellationRequested();
        Results results = PlanResults.Load(storage, plan, options, known, files);
        if (stop.Failure is { } failure)
            throw new ExperimentStoppedException(
                $"'{plan.Title}' stopped: {failure.Reason}. {counters.Succeeded + counters.Skipped} of {counters.Total} runs have "
                    + $"succeeded and are kept; mend the cause and run again to resume. The first failure was {failure.Error.Type}: "
                    + $"{Printable.Block($"{failure.Error.Message}\n{failure.Error.Stack}")}", failure.Error, results);
        if (OutputFile.IsWanted(options)) OutputFile.Save(results, options, plan.Name);
        return results;
    }

    // Going on would make the taker's runs a second time.
    private static StoreException TakenOver(Plan plan, StorageBackend storage, LeaseHolder taker) => new(
        $"'{plan.Title}' in '{storage.Address}' was taken over by {taker}: this process gave no sign of life for more than "
            + $"{Lease.Silence.TotalSeconds:0} seconds (a suspended machine, a store that could not be written), so it looked dead. "
            + "Expected one coordinator per experiment and store. Runs reported as finished are kept; wait until the other ends, then run "
            + "again.");

    private static void ThrowIfBroken(StopControl stop)
    {
        if (stop.Broken is { } broken) throw broken;
        if (stop.Fault is { } fault)
            throw fault as AssayException ?? new AssayException($"the experiment ended early: {fault.GetType().Name}: "
                + $"{ExceptionText.Sentence(fault)} Finished runs are kept; mend the cause and run again.", fault);
    }
}
