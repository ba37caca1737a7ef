using System.Collections.Concurrent;
using System.Text.Json;

namespace Assay;

/// <summary>The calls of RunAsync in a worker: the ordered one serves runs and exits, others read the coordinator's results.</summary>
internal static class WorkerCalls
{
    // An experiment that runs at the same time as the ordered one may be called shortly before it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, int> Calls = new(StringComparer.Ordinal);
    private static readonly ManualResetEventSlim Serving = new();

    /// <summary>Returns the number of this call of RunAsync for the experiment, from 1.</summary>
    public static int Count(Plan plan) => Calls.AddOrUpdate(plan.Title, 1, (_, n) => n + 1);

    public static Results Run(WorkOrder order, Plan plan, StorageBackend storage, RunOptions options)
    {
        if (plan.Title == order.Title && Count(plan) == order.Call)
        {
            Serving.Set();
            Environment.Exit(WorkerServer.Serve(order, plan, options));
        }

        var known = new KnownRuns(storage, plan, options.AcceptEarlierCode);
        // With ResumeMode.Failed the coordinator has incomplete results too.
        if (options.Resume != ResumeMode.Failed && !known.AreComplete(options)) Refuse(order, plan);
        return known.Load(options);
    }

    // With incomplete results the program might make another plan.
    private static void Refuse(WorkOrder order, Plan plan)
    {
        // The process ends with the ordered call that is being served on another thread.
        if (Serving.Wait(Patience)) Thread.Sleep(Timeout.Infinite);
        throw new AssayException($"'{plan.Title}' is not complete in the store, but a worker process for '{order.Title}' comes to it "
            + "first. Expected its runs to have ended: a worker repeats what the program does before the ordered RunAsync, and only reads "
            + $"the results of other experiments there. Let '{plan.Title}' end before '{order.Title}' starts, or run '{order.Title}' in "
            + "process (an experiment in worker processes cannot be started from within a run).");
    }
}

/// <summary>The order of a coordinator to a copy of the program: at the ordered call of RunAsync, serve runs over the pipe.</summary>
internal sealed record WorkOrder(string Pipe, string Title, int Call, string Store, long Runs, string Code, string Context)
{
    public const string Variable = ReplayOrder.WorkerVariable;

    public SessionCode? State { get; init; }

    /// <summary>The order of this process; null if the process is not a worker.</summary>
    public static WorkOrder? FromEnvironment { get; } = Take();

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>The difference between the ordered plan and the plan of this program; null without a difference.</summary>
    public string? Mismatch(Plan plan) =>
        plan.Count != Runs ? $"it planned {plan.Count} runs, the coordinator {Runs}"
        : plan.Identity.Code != Code ? "its code has another fingerprint than the coordinator's"
        : plan.Identity.Context != Context ? "its context has another fingerprint than the coordinator's"
        : null;

    // The variable is removed, because a program that a run starts may use Assay too and must not take the order.
    private static WorkOrder? Take()
    {
        string? json = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<WorkOrder>(json);
    }
}
