using System.Text.Json;

namespace Assay;

/// <summary>
/// The order of a coordinator to a copy of the user's program, passed in its environment: at the ordered call of <c>RunAsync</c> the copy
/// serves runs over a pipe and then exits.
/// </summary>
/// <param name="Pipe">The name of the coordinator's pipe.</param>
/// <param name="Title">The name and version of the experiment.</param>
/// <param name="Call">The number of the ordered call of <c>RunAsync</c> for this experiment, from 1.</param>
/// <param name="Store">The absolute path or the URL of the store.</param>
/// <param name="Runs">The number of runs in the plan; like the fingerprints, it detects a copy that makes another plan.</param>
/// <param name="Code">The fingerprint of the code.</param>
/// <param name="Context">The fingerprint of the context.</param>
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
