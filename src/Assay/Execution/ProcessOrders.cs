using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Assay;

/// <summary>
/// What a coordinator or a replay asks of this process. It is taken out of the environment when anything of Assay is first used, and not when somebody first asks for it: a program
/// that this one starts must not take the order for its own.
/// </summary>
internal static class ProcessOrders
{
    // An order that lacks something is none: what it lacks would be missed far from here.
    private static readonly JsonSerializerOptions Whole = new() { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    private static AssayException? _fault;
    private static WorkOrder? _work;
    private static ReplayOrder? _replay;

    /// <summary>Null when the process is nobody's worker.</summary>
    public static WorkOrder? Work => _fault is null ? _work : throw _fault;

    /// <summary>Null when neither this process nor the one that started it replays anything.</summary>
    public static ReplayOrder? Replay => _fault is null ? _replay : throw _fault;

    [ModuleInitializer]
    internal static void Take()
    {
        _work = Read<WorkOrder>(WorkOrder.Variable);
        if (_work is not null) Environment.SetEnvironmentVariable(WorkOrder.Variable, null);
        _replay = Read<ReplayOrder>(ReplayOrder.Variable);
        // Whatever this process starts makes what it is asked to, and records where this one does.
        if (_replay is { IsMine: true } order) Environment.SetEnvironmentVariable(ReplayOrder.Variable, (order with { IsTaken = true }).ToJson());
    }

    private static T? Read<T>(string variable) where T : class
    {
        string? json = Environment.GetEnvironmentVariable(variable);
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<T>(json, Whole);
        }
        catch (JsonException fault)
        {
            // Thrown from here it would keep the program from using anything of Assay, without a word of why.
            _fault = new AssayException($"the environment variable {variable} is '{json}'; expected what Assay itself sets for the processes it starts. Remove the variable, then start again.", fault);
            return null;
        }
    }
}
