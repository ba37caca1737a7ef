namespace Assay;

/// <summary>
/// Finds runs of a store by their ids, for <see cref="Store.Load(string, Func{RunLookup, IEnumerable{UInt128}})"/>. Not thread-safe.
/// </summary>
public readonly struct RunLookup
{
    private readonly RunCatalog _catalog;

    internal RunLookup(RunCatalog catalog) => _catalog = catalog;

    /// <summary>The status of a run; null when the store does not have it.</summary>
    public RunStatus? StatusOf(UInt128 id) => _catalog.Find(id) is >= 0 and var row ? _catalog.Status(row) : null;
}
