using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Assay;

/// <summary>
/// The order of a replay in the environment of this process. It is taken out when anything of Assay is first used, and not when somebody first asks for it: a program that this one starts must not take
/// the order for its own.
/// </summary>
internal static class ReplayEnvironment
{
    // An order that lacks something is none: what it lacks would be missed far from here.
    private static readonly JsonSerializerOptions Whole = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    private static AssayException? _fault;
    private static ReplayOrder? _order;

    /// <summary>Null when neither this process nor the one that started it replays anything.</summary>
    public static ReplayOrder? Order => _fault is null ? _order : throw _fault;

    [ModuleInitializer]
    internal static void Take()
    {
        string? json = Environment.GetEnvironmentVariable(ReplayOrder.Variable);
        if (string.IsNullOrEmpty(json)) return;
        try
        {
            _order = JsonSerializer.Deserialize<ReplayOrder>(json, Whole);
        }
        catch (JsonException fault)
        {
            // Thrown from here it would keep the program from using anything of Assay, without a word of why.
            _fault = new AssayException($"the environment variable {ReplayOrder.Variable} is '{json}'; expected what 'assay replay' sets for the program it starts. Remove the variable, then start again.", fault);
        }

        // Whatever this process starts makes what it is asked to, and records where this one does.
        if (_order is { IsMine: true } order) Environment.SetEnvironmentVariable(ReplayOrder.Variable, (order with { IsTaken = true }).ToJson());
    }
}
