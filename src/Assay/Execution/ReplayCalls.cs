using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Assay;

/// <summary>The calls of RunAsync in a replay: the ordered one executes its run and exits, others read the original store.</summary>
internal static class ReplayCalls
{
    public static Results Run(ReplayOrder order, Plan plan, RunOptions options, Action<RunOptions> run)
    {
        if (Find(order, plan) is { } index)
        {
            run(Only(options, index));
            Environment.Exit(0);
        }

        // Another build gives the runs other ids, so the runs of earlier code are accepted.
        return new KnownRuns(StoreLocation.Open(order.Original), plan, acceptEarlierCode: true).Load(options);
    }

    // A single run needs no worker process, and its failure does not stop the experiment.
    private static RunOptions Only(RunOptions options, long index) => options with
    {
        Only = index,
        Head = null,
        Parallel = 1,
        Resume = ResumeMode.Unfinished,
        AcceptEarlierCode = false,
        Executor = Executor.InProcess,
        Observer = null,
        Output = null,
        OutputFormat = null,
        Progress = ProgressMode.None,
        StopAfterFailures = null,
        StopWhenFirstFail = null,
    };

    /// <summary>The index of the run with the ordered parameters and seeds; null if the plan has none. Ids differ between builds.</summary>
    public static long? Find(ReplayOrder order, Plan plan)
    {
        if (order.Params is null || plan.Name != order.Experiment || plan.Version != order.Version) return null;
        var workspace = new RunWorkspace(plan.Files);
        bool Matches(long index)
        {
            PlannedRun run = plan.At(index, workspace);
            return Fingerprint.Hex(run.ParamsFingerprint) == order.Params
                && (run.Seed.Base, run.Seed.Replicate, run.Seed.Point) == (order.Seed, order.Replicate, order.Point);
        }

        if (order.Index >= 0 && order.Index < plan.Count && Matches(order.Index)) return order.Index;
        for (long i = 0; i < plan.Count; i++)
            if (Matches(i)) return i;

        return null;
    }
}

/// <summary>The replay order in the environment of this process.</summary>
internal static class ReplayEnvironment
{
    private static AssayException? _fault;
    private static ReplayOrder? _order;

    /// <summary>The order that this process, or a process that started it, received; null without an order.</summary>
    /// <exception cref="AssayException">The environment variable holds no order.</exception>
    public static ReplayOrder? Order => _fault is null ? _order : throw _fault;

    /// <summary>The storage to write to: that of the order or, without an order, the one that the program names.</summary>
    /// <exception cref="AssayException">The environment variable holds no order.</exception>
    public static StorageBackend Storage(string? named, TimeProvider clock) =>
        Order is null ? StoreLocation.Open(named) : StoreLocation.ForWriting(StoreLocation.Open(named), clock);

    // Runs with the first use of Assay, so that a program that this one starts cannot take the order.
    [ModuleInitializer]
    internal static void Take()
    {
        string? json = Environment.GetEnvironmentVariable(ReplayOrder.Variable);
        if (string.IsNullOrEmpty(json)) return;
        try
        {
            _order = ReplayOrder.Parse(json);
        }
        catch (JsonException fault)
        {
            // An exception in a module initializer would make every type of Assay unusable and hide the reason.
            _fault = new AssayException($"the environment variable {ReplayOrder.Variable} is '{json}'; expected what 'assay replay' sets "
                + "for the program it starts. Remove the variable, then start again.", fault);
        }

        if (_order is { IsMine: true } order)
            Environment.SetEnvironmentVariable(ReplayOrder.Variable, (order with { IsTaken = true }).ToJson());
    }
}
