namespace Assay;

/// <summary>
/// The catalog that views share, read when it is first asked for. When the index turns out damaged later, when one of its columns is touched for the first time, the catalog is read
/// again without it, and the views choose their rows again. Thread-safe.
/// </summary>
internal sealed class CatalogSource(Func<IndexTrust, RunCatalog> read)
{
    private readonly Lock _gate = new();
    private RunCatalog? _catalog;
    private IndexTrust _trust;

    public RunCatalog Catalog
    {
        get
        {
            lock (_gate) return _catalog ??= Read();
        }
    }

    private RunCatalog Read()
    {
        RunCatalog catalog = read(_trust);
        catalog.Cells.Damaged = () => Distrust(catalog);
        return catalog;
    }

    /// <summary>The next catalog is another one.</summary>
    /// <returns>False when it was already read without the index, so that nothing better is to be had.</returns>
    public bool Distrust(RunCatalog damaged)
    {
        lock (_gate)
        {
            if (_catalog != damaged) return true;
            if (_trust == IndexTrust.None) return false;
            (_catalog, _trust) = (null, _trust + 1);
            return true;
        }
    }
}
