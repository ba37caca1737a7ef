using System.Text.Json;

namespace Assay;

/// <summary>
/// What a coordinator asks of a copy of the user's own program, in its environment: when the program comes to the ordered call of
/// <c>RunAsync</c>, it serves runs over the pipe and exits instead of returning.
/// </summary>
/// <param name="Pipe">Name of the pipe on which the coordinator waits.</param>
/// <param name="Title">Name and version of the experiment.</param>
/// <param name="Call">Which call of <c>RunAsync</c> for this experiment is meant, from 1: a program may run one more than once.</param>
/// <param name="Store">The store's folder, absolute.</param>
/// <param name="Runs">Number of runs in the plan, to notice a program that plans something else when started again.</param>
/// <param name="Code">The code's fingerprint, for the same reason.</param>
/// <param name="Context">The context's fingerprint, for the same reason.</param>
internal sealed record WorkOrder(string Pipe, string Title, int Call, string Store, long Runs, string Code, string Context)
{
    /// <summary>The code state of the session the worker serves.</summary>
    public SessionCode? State { get; init; }

    public const string Variable = ReplayOrder.WorkerVariable;

    /// <summary>The order this process was started with, or null when it is nobody's worker.</summary>
    public static WorkOrder? FromEnvironment { get; } = Take();

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>What differs between the ordered plan and the one this program has made; null when nothing does.</summary>
    public string? Mismatch(Plan plan) =>
        plan.Count != Runs ? $"it planned {plan.Count} runs, the coordinator {Runs}"
        : plan.Identity.Code != Code ? "its code has another fingerprint than the coordinator's"
        : plan.Identity.Context != Context ? "its context has another fingerprint than the coordinator's"
        : null;

    // The order is for this process alone: a program that a run starts, and that may use Assay too, must not take it for its own.
    private static WorkOrder? Take()
    {
        WorkOrder? order = Parse(Environment.GetEnvironmentVariable(Variable));
        Environment.SetEnvironmentVariable(Variable, null);
        return order;
    }

    private static WorkOrder? Parse(string? json) => string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<WorkOrder>(json);
}
