using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Storage;

/// <summary>
/// What <c>assay derive</c> asks of the program it starts, in an environment variable: to compute its derived metrics for the recorded runs
/// of a store at its first call of RunAsync, to write what came of it to a file, and to end.
/// </summary>
/// <param name="Store">The path or URL of the store.</param>
/// <param name="Report">The file that a <see cref="DeriveResult"/> is written to.</param>
public sealed record DeriveOrder(string Store, string Report)
{
    /// <summary>The environment variable with the order as JSON.</summary>
    public const string Variable = "ASSAY_DERIVE";

    /// <summary>The order of this process; null for none.</summary>
    /// <exception cref="AssayException">The variable holds no order.</exception>
    public static DeriveOrder? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } json) return null;
        try
        {
            return JsonSerializer.Deserialize(json, DeriveOrderJson.Default.DeriveOrder);
        }
        catch (JsonException fault)
        {
            throw new AssayException($"{Variable} is '{json}'; expected nothing, or what 'assay derive' sets. Unset it.", fault);
        }
    }

    /// <summary>Sets the variable of the program to be started.</summary>
    /// <param name="environment">The environment of the program.</param>
    public void WriteTo(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        environment[Variable] = JsonSerializer.Serialize(this, DeriveOrderJson.Default.DeriveOrder);
    }
}

/// <summary>What a program that was started by <c>assay derive</c> has done.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Version">The version of the experiment.</param>
/// <param name="Runs">The number of its successful runs.</param>
/// <param name="Metrics">The names of the program's functions.</param>
/// <param name="Computed">How many times a function gave values, which were stored.</param>
/// <param name="Kept">How many times the values were there already.</param>
/// <param name="Failures">What could not be computed, in sentences.</param>
public sealed record DeriveResult(
    string Experiment, string Version, int Runs, IReadOnlyList<string> Metrics, int Computed, int Kept, IReadOnlyList<string> Failures)
{
    /// <summary>The result as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DeriveOrderJson.Default.DeriveResult);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is no result.</exception>
    public static DeriveResult? Parse(string json) => JsonSerializer.Deserialize(json, DeriveOrderJson.Default.DeriveResult);
}

// An incomplete order would fail far from here.
[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DeriveOrder))]
[JsonSerializable(typeof(DeriveResult))]
internal sealed partial class DeriveOrderJson : JsonSerializerContext;
