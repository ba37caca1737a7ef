using System.Collections.Concurrent;

namespace Assay;

/// <summary>
/// Single values of runs from columns, by the names that records have: the exact one, or the only one that is the same but for casing and underscores. Where a name is not so plain (members of
/// nested values, several similar names), a run's lines tell. Thread-safe.
/// </summary>
internal sealed class ColumnCells(RunCatalog catalog)
{
    private readonly ConcurrentDictionary<(int Segment, FieldPlace Place, string Name), Source> _sources = new();

    /// <returns>True when the run has it, false when it has not, null when only its lines tell.</returns>
    public bool? TryGet(int row, FieldPlace place, string name, out object? value)
    {
        value = null;
        try
        {
            int segment = catalog.SegmentOf(row);
            if (!_sources.TryGetValue((segment, place, name), out Source source)) _sources[(segment, place, name)] = source = Find(catalog.Segments[segment], place, name);
            if (source.Column is not { } column) return source.IsNowhere ? false : null;
            int at = row - catalog.Bases[segment];
            if (!column.Has(at)) return source.IsAlone ? false : null;
            value = column[at];
            return true;
        }
        // The lines are still there.
        catch (Exception fault) when (IndexDamagedException.Is(fault))
        {
            return null;
        }
    }

    private static Source Find(RunSegment segment, FieldPlace place, string name)
    {
        string plain = Plain(name);
        FieldKey[] similar = [.. segment.Fields.Where(f => f.Place == place && IsSimilar(Plain(f.Name), plain))];
        bool isAlone = similar.Length == 1 && Plain(similar[0].Name) == plain;
        FieldKey? key = Array.Find(similar, f => f.Name == name) ?? (isAlone ? similar[0] : null);
        return new Source(key is null ? null : segment.Field(key), isAlone, similar.Length == 0);
    }

    // Members of nested parameters have columns of their own, and names with dots are in brackets there.
    private static bool IsSimilar(string column, string name) =>
        column.StartsWith(name, StringComparison.Ordinal) && (column.Length == name.Length || column[name.Length] is '.' or '[') || column.StartsWith('[') && name.Contains('.', StringComparison.Ordinal);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <param name="Column">The column; null when it is not so simple.</param>
    /// <param name="IsAlone">Whether a run without a value in it has nothing of that name.</param>
    /// <param name="IsNowhere">Whether no run of the segment has such a name.</param>
    private readonly record struct Source(FieldColumn? Column, bool IsAlone, bool IsNowhere);
}
