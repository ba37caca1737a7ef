namespace Assay.Cli.Mcp;

/// <summary>
/// The store that is served. It is opened anew for every question, so that each answer shows the present: runs that came meanwhile, a store that was made only after the server
/// was started, one that is gone.
/// </summary>
internal sealed class ServedStore(string? named, string folder, TimeProvider clock)
{
    private string? _found;

    public TimeProvider Clock => clock;

    /// <summary>The folder the server was started in, as a rule that of the project.</summary>
    public string Folder => folder;

    /// <summary>Where the store is, or would be.</summary>
    public string Path => _found ?? StoreLocation.Resolve(named);

    /// <exception cref="StoreException">There is no store, or it cannot be read.</exception>
    public Store Open()
    {
        Store store = Store.Open(Path, clock);
        // From now on it is this one: another that appears nearer must not be answered from in the middle of a conversation.
        _found = store.Path;
        return store;
    }
}
