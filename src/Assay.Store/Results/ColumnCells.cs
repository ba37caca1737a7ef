using System.Collections.Concurrent;

namespace Assay;

/// <summary>Single values of runs from columns, where these decide what a run's own lines would say. Thread-safe.</summary>
internal sealed class ColumnCells(RunCatalog catalog)
{
    private readonly ConcurrentDictionary<(int Segment, FieldPlace Place, string Name, bool IsLong), NamedColumn> _columns = new();

    /// <returns>True when the run has a value at the path, false when it has none, null when only its lines tell.</returns>
    public bool? TryGet(int row, FieldPlace place, ValuePath path, out object? value)
    {
        value = null;
        if (path.WholeName is not { } name || (path.Steps.Count > 1 && !path.IsPlain)) return null;
        int segment = catalog.SegmentOf(row);
        (int, FieldPlace, string, bool) key = (segment, place, name, path.Steps.Count > 1);
        if (!_columns.TryGetValue(key, out NamedColumn named))
            _columns[key] = named = NamedColumn.Find(catalog.Segments[segment], place, path);
        int at = row - catalog.Bases[segment];
        if (named.Column?.Has(at) != true) return named.IsAlone ? false : null;
        value = named.Column[at];
        GC.KeepAlive(catalog);
        return true;
    }
}
