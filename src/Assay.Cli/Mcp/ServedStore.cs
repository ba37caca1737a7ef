using System.Text.Json;

namespace Assay.Cli.Mcp;

/// <summary>
/// The store that is served. It is opened anew for every question, so that each answer shows the present: runs that came meanwhile, a store
/// that was made only after the server was started, one that is gone.
/// </summary>
internal sealed class ServedStore(string? named, string folder, TimeProvider clock)
{
    private string? _found;

    /// <summary>Where the store is, or would be.</summary>
    public string Path => _found ?? StoreLocation.Resolve(named);

    /// <summary>A call of a tool; it opens the store at its first use.</summary>
    public QuestionCall Call(IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellation) =>
        new(arguments) { Open = Open, StorePath = named, Clock = clock, Folder = folder, Cancellation = cancellation };

    /// <exception cref="StoreException">There is no store, or it cannot be read.</exception>
    public Store Open()
    {
        Store store = Store.Open(Path, clock);
        // From now on it is this one: another that appears nearer must not be answered from in the middle of a conversation.
        _found = store.Path;
        return store;
    }
}
