using System.Text.Json;

namespace Assay.Cli.Mcp;

/// <summary>One call of a tool: its arguments, and the store as it is now.</summary>
internal sealed class ToolCall(IReadOnlyDictionary<string, JsonElement> arguments, ServedStore served, CancellationToken cancellation)
{
    public IReadOnlyDictionary<string, JsonElement> Arguments => arguments;

    public CancellationToken Cancellation => cancellation;

    public DateTimeOffset Now => served.Clock.GetUtcNow();

    /// <summary>Opened once for the call.</summary>
    /// <exception cref="StoreException">There is no store, or it cannot be read.</exception>
    public Store Store => field ??= served.Open();

    public ServedStore Served => served;

    /// <summary>The run an address means.</summary>
    /// <exception cref="AssayException">No run is meant, or several are; the message lists the candidates.</exception>
    public static RunRecord Find(Results all, string address) => address.StartsWith('@')
        ? throw new AssayException($"'{address}' is a place in a list at a shell; expected {ToolTexts.Addresses}. Take the run_id of the list.")
        : RunAddress.Find(all, address);

    /// <summary>Checks that every argument is one the tool has: a misspelt one would otherwise be passed over.</summary>
    /// <exception cref="AssayException">One is not.</exception>
    public void RequireKnown(string tool, IReadOnlyList<Parameter> parameters)
    {
        string[] known = [.. parameters.Select(p => p.Name)];
        foreach (string name in arguments.Keys.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            string shown = name.Length > 60 ? name[..60] + "…" : name;
            string meant = shown == name && NearestNames.To(name, known) is [string nearest, ..] ? $" Did you mean '{nearest}'?" : "";
            throw new AssayException($"'{shown}' is no argument of {tool}; expected {(known.Length == 0 ? "none" : string.Join(", ", known))}.{meant}");
        }
    }
}
