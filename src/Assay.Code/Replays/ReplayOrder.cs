using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Git;

namespace Assay;

/// <summary>
/// What <c>assay replay</c> asks of the program it starts, in an environment variable: to record in another store and, of experiments, to
/// make only one run and end with it. Immutable.
/// </summary>
/// <param name="Run">The id of the run.</param>
/// <param name="Store">The store to record in, absolute, whatever store the program names.</param>
/// <param name="Original">The store with the run; it is only read.</param>
/// <param name="Experiment">The name of the experiment, or of a lone run.</param>
/// <param name="Version">The version of the experiment; empty for a lone run.</param>
/// <param name="Index">The run's index in its plan; -1 for a lone run.</param>
/// <param name="Params">The fingerprint of the parameters; null for a lone run.</param>
/// <param name="Seed">The base of the seeds.</param>
/// <param name="Replicate">The replicate.</param>
/// <param name="Point">What is mixed into the seeds of the point; null for none.</param>
public sealed record ReplayOrder(
    string Run, string Store, string Original, string Experiment, string Version, long Index, string? Params, long Seed, int Replicate,
    string? Point)
{
    /// <summary>The environment variable with the order as JSON.</summary>
    public const string Variable = StoreLocation.ReplayVariable;

    /// <summary>The environment variable of a worker process, which a program that replays must not inherit.</summary>
    public const string WorkerVariable = "ASSAY_WORK_ORDER";

    /// <summary>The entry assembly that carries out the order, so not a launcher; null for the first process that uses Assay.</summary>
    public string? Assembly { get; init; }

    /// <summary>Whether a process carries out the order already: those that it starts only record in the same store.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Whether this process carries out the order.</summary>
    [JsonIgnore]
    public bool IsMine => !IsTaken
        && (Assembly is null || System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name is not { } entry || entry == Assembly);

    /// <summary>
    /// Sets the variables of the program to be started: the order and its store. Variables by which git tells its own programs which
    /// repository they work on are removed, and so is the order of a worker process.
    /// </summary>
    /// <param name="environment">The environment of the program.</param>
    public void WriteTo(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (string name in GitProgram.Local) environment.Remove(name);
        environment.Remove(WorkerVariable);
        environment[Variable] = ToJson();
        environment[StoreLocation.Variable] = Store;
    }

    /// <summary>The order as the environment variable holds it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReplayOrderJson.Default.ReplayOrder);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is no order, or lacks a part of one.</exception>
    public static ReplayOrder? Parse(string json) => JsonSerializer.Deserialize(json, ReplayOrderJson.Default.ReplayOrder);
}

// An incomplete order would fail far from here.
[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReplayOrder))]
internal sealed partial class ReplayOrderJson : JsonSerializerContext;
