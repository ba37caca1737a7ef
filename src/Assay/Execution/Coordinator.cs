using Spectre.Console;

namespace Assay;

/// <summary>Runs a plan: takes its lock, reads the known runs, executes the others and loads the results.</summary>
internal sealed class Coordinator(RunCounters counters, FailureWatch failures, EventStream events) : IKeptRuns
{
    public static Task<Results> RunAsync(Func<Plan> plan, StorageBackend storage, RunOptions options, CancellationToken cancellation) =>
        Task.Factory.StartNew(
            () => Run(plan(), storage, options, cancellation), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);

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

    private static Results Run(Plan plan, StorageBackend storage, RunOptions options, CancellationToken cancellationToken)
    {
        options = InsideRun.Adapt(options, WorkOrder.FromEnvironment is not null);
        if (WorkOrder.FromEnvironment is { } order && !InsideRun.Is) return WorkerCalls.Run(order, plan, storage, options);
        if (ReplayEnvironment.Order is { IsMine: true } replay && !InsideRun.Is && options.Only is null)
            return ReplayCalls.Run(replay, plan, options, only => Run(plan, storage, only, cancellationToken));
        // Calls within runs are not counted, because a worker does not execute the runs before its call.
        int call = InsideRun.Is ? 1 : WorkerCalls.Count(plan);
        StoreDescription.Ensure(storage, options.Clock);
        IAnsiConsole console = ProgressDisplay.ErrorConsole(options.Progress);
        var notices = new Notices(console);
        using Lease planLock = Lock(storage, plan, options.Clock, notices);
        storage.RemoveLeftovers(options.Clock);
        FormerWorkers.AwaitEnd(storage, plan, options, notices, cancellationToken);
        var known = new KnownRuns(storage, plan, options.AcceptEarlierCode);
        Remarks.BeforeRunning(plan, known, notices, options);

        var claims = new Claims(plan, known, options);
        using var stop = new StopControl(claims.Stop, options.Clock, options.CancelGrace);
        var counters = new RunCounters(claims, options.Workers);
        var failures = new FailureWatch(options, stop, known.HasSuccess);
        using (var events = new EventStream(options.Observer, notices))
        using (var interrupts = new Interrupts(stop, notices, options.HandleSignals))
        {
            var coordinator = new Coordinator(counters, failures, events);
            using (var session = new RunSession(plan, storage, options, claims, stop, notices, coordinator) { Call = call })
            using (cancellationToken.Register(stop.Cancel))
            using (options.Stop.Register(stop.Stop))
            using (var progress = ProgressDisplay.Start(options, console, plan, counters, Remarks.OnResuming(plan, known, options)))
            {
                planLock.WhenLost(taker => stop.EndFor(TakenOver(plan, storage, taker)));
                session.Execute();
                session.CheckInputs(thorough: true);
                // Without a journal of its own, what ran before an edit was taken back would pass for the newest code.
                if (claims.FirstDone is { } run && counters.IsIdle && known.AreOvertaken) session.RecordReuse(run);
                if (session.Abandoned.Remark() is { } abandoned) notices.Warn(abandoned);
            }

            events.Dispose();
            Remarks.AfterRunning(plan, counters, failures, notices, storage);
            planLock.Dispose();
            if (interrupts.Stopped)
            {
                if (stop.IsStoreBroken) notices.Warn(stop.Fault!.Message);
                Remarks.Interrupted(plan, counters, notices);
            }

            interrupts.ExitIfStopped();
        }

        if (stop.Fault is { } broken)
            throw broken as AssayException ?? new AssayException($"the experiment ended early: {broken.GetType().Name}: "
                + $"{ExceptionText.Sentence(broken)} Finished runs are kept; mend the cause and run again.", broken);
        cancellationToken.ThrowIfCancellationRequested();
        Results results = known.Load(options);
        if (stop.Failure is { } failure)
            throw new ExperimentStoppedException(
                $"'{plan.Title}' stopped: {failure.Reason}. {counters.Succeeded + counters.DoneBefore} of {counters.Total} runs have "
                    + $"succeeded and are kept; mend the cause and run again to resume. The first failure was {failure.Error.Type}: "
                    + $"{Printable.Block($"{failure.Error.Message}\n{failure.Error.Stack}")}", failure.Error, results);
        if (options.Derive.Count > 0) DeriveMetrics(results, options, notices, cancellationToken);
        if (OutputFile.IsWanted(options)) OutputFile.Save(results, options, plan.Name);
        return results;
    }

    private static void DeriveMetrics(Results results, RunOptions options, Notices notices, CancellationToken cancellationToken)
    {
        var how = new DeriveOptions { Parallel = options.Parallel, Clock = options.Clock };
        DeriveReport report = results.Successful.DeriveAsync(options.Derive, how, cancellationToken).GetAwaiter().GetResult();
        if (report.Failures is [var first, ..])
            notices.Warn($"{Plural.Of(report.Failures.Count, "derived value")} could not be computed; the first is {first} The runs are "
                + "kept; the next session tries again.");
    }

    // Two coordinators of one experiment in one store would execute the same runs.
    private static Lease Lock(StorageBackend storage, Plan plan, TimeProvider clock, Notices notices)
    {
        string name = LeaseName.Plan(plan.Name, plan.Version);
        if (storage.TryTakeLease(name, LeaseKind.Shared, clock, out LeaseHolder? holder) is { } taken)
        {
            CleaningLease.AwaitEnd(storage, clock, notices.Warn);
            return taken;
        }

        throw new StoreException(storage.IsLeasedHere(name)
            ? $"'{plan.Title}' is being run in '{storage.Address}' by this very process already. Expected one call of RunAsync at a time "
                + "per experiment and store; await the other one first, or give this experiment another name, version or store."
            : $"'{plan.Title}' is being run in '{storage.Address}' by {holder?.Describe(clock) ?? "another process"}. Expected one "
                + "coordinator per experiment and store; wait until it ends, stop it, or choose another store. Reading the results "
                + "meanwhile is fine.");
    }

    // Going on would make the taker's runs a second time.
    private static StoreException TakenOver(Plan plan, StorageBackend storage, LeaseHolder taker) => new(
        $"'{plan.Title}' in '{storage.Address}' was taken over by {taker}: this process gave no sign of life for more than "
            + $"{Lease.Silence.TotalSeconds:0} seconds (a suspended machine, a store that could not be written), so it looked dead. "
            + "Expected one coordinator per experiment and store. Runs reported as finished are kept; wait until the other ends, then run "
            + "again.");
}

/// <summary>The messages before and after the runs of an experiment.</summary>
internal static class Remarks
{
    // Computed in a fraction of a second.
    private const long MostSurveyed = 100_000;

    public static void BeforeRunning(Plan plan, KnownRuns known, Notices notices, RunOptions options)
    {
        foreach (string note in plan.Notes) notices.Warn(note);
        RecordedSecrets.WarnOf(notices, FirstParams(plan), plan.ContextJson, CanonicalWriter.Plain(plan.Metadata.ToDictionary()).ToArray());
        if (plan.Code.Captured.Count > 0)
            notices.Warn($"the operation captures {string.Join(", ", plan.Code.Captured.Select(c => $"'{c}'"))}, which is not part of a "
                + "run's identity: a change of it would not be noticed. Pass it as context: Experiment.Create(name, version, context, "
                + "(Params p, Context context, RunContext run) => …).");
        foreach (JournalDamage damage in LineNumbers.Of(known.Damage.Where(d => !d.Torn)))
            notices.Warn($"{damage.File}, line {damage.Line}, byte {damage.Offset}: {damage.Reason}. The line is skipped; 'assay doctor' "
                + "lists all damage.");
        // These warnings appear only until the new code or context has succeeded once.
        if (options.AcceptEarlierCode || known.HasSuccess) return;
        (long otherCode, long otherContext) = known.SuccessesKeptApart();
        if (otherCode > 0)
            notices.Warn($"{KeptApart(otherCode, "by other code")} 'assay why RUN' shows what differs; RunOptions.AcceptEarlierCode takes "
                + "them as finished.");
        if (otherContext > 0)
            notices.Warn($"{KeptApart(otherContext, "by this code with another context")} 'assay why RUN' shows what differs.");

        string KeptApart(long count, string maker) => $"{Plural.Of(count, "finished run")} of '{plan.Title}' in this store "
            + $"{Plural.Form(count, "was", "were")} made {maker} and {Plural.Form(count, "is", "are")} kept apart.";
    }

    private static byte[]? FirstParams(Plan plan)
    {
        if (plan.Count == 0) return null;
        var workspace = new RunWorkspace(plan.Files);
        var json = new JsonBuffer();
        plan.WriteParams(plan.At(0, workspace), workspace, json);
        return json.ToArray();
    }

    /// <summary>What is done and what is not, when a session goes on; null otherwise, and for plans that take long to compute.</summary>
    public static string? OnResuming(Plan plan, KnownRuns known, RunOptions options)
    {
        bool isShort = Math.Min(plan.Count, options.Head ?? long.MaxValue) <= MostSurveyed;
        if (options.Progress == ProgressMode.None || known.Table.Count == 0 || !isShort) return null;
        PlanSurvey survey = PlanSurvey.Of(plan, known, options);
        return survey.ToRun > 0 && survey.Done + survey.ToRun > survey.New ? survey.Text() : null;
    }

    public static void AfterRunning(Plan plan, RunCounters counters, FailureWatch failures, Notices notices, StorageBackend storage)
    {
        if (counters.Duplicates > 0)
            notices.Warn($"{counters.Duplicates} of {counters.Total} places in the plan hold the same parameters and seed as an earlier "
                + "one; each is one run.");
        if (counters.Failed > 0 && failures.First is { } first)
            notices.Warn($"{Plural.Of(counters.Failed, "run")} of '{plan.Title}' failed; the first with {first.Type}: "
                + $"{ExceptionText.Sentence(first.Message)} Running again tries {Plural.Form(counters.Failed, "it", "them")} again. "
                + $"Store: {storage.Address}");
    }

    public static void Interrupted(Plan plan, RunCounters counters, Notices notices) => notices.Warn(
        $"'{plan.Title}' was stopped: {counters.Succeeded + counters.DoneBefore} of {counters.Total} runs have succeeded and are kept. "
        + "Run it again to go on.");
}
