using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Assay;

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
