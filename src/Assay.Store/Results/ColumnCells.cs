using System.Collections.Concurrent;

namespace Assay;

/// <summary>
/// Single values of runs from columns, where these tell for certain what a run's own lines would: its value of a name, or that it has none. Thread-safe.
/// </summary>
internal sealed class ColumnCells(RunCatalog catalog)
{
    private readonly ConcurrentDictionary<(int Segment, FieldPlace Place, string Name, bool IsPath), Source> _sources = new();

    /// <summary>A value by its name among the values of a place: the exact one, or the only one that is the same but for casing and underscores.</summary>
    /// <returns>True when the run has it, false when it has not, null when only its lines tell.</returns>
    public bool? TryGet(int row, FieldPlace place, string name, out object? value) => TryGet(row, place, name, isPath: false, out value);

    /// <summary>A value by the way to it: for parameters, members of nested records; for the others, a name with dots.</summary>
    /// <param name="row">The run.</param>
    /// <param name="place">Where it is looked for.</param>
    /// <param name="path">Several names with dots between them, none of which has dots or brackets itself.</param>
    /// <param name="value">The value.</param>
    /// <inheritdoc cref="TryGet(int, FieldPlace, string, out object?)"/>
    public bool? TryGetPath(int row, FieldPlace place, string path, out object? value) => TryGet(row, place, path, isPath: true, out value);

    private bool? TryGet(int row, FieldPlace place, string name, bool isPath, out object? value)
    {
        value = null;
        try
        {
            int segment = catalog.SegmentOf(row);
            if (!_sources.TryGetValue((segment, place, name, isPath), out Source source))
                _sources[(segment, place, name, isPath)] = source = isPath ? FindPath(catalog.Segments[segment], place, name) : Find(catalog.Segments[segment], place, name);
            if (source.Column is not { } column) return source.IsAlone ? false : null;
            int at = row - catalog.Bases[segment];
            if (!column.Has(at)) return source.IsAlone ? false : null;
            value = column[at];
            return true;
        }
        finally
        {
            GC.KeepAlive(catalog);
        }
    }

    // Members of nested parameters have columns of their own, and names with dots are in brackets there.
    private static Source Find(RunSegment segment, FieldPlace place, string name)
    {
        bool isNested = place == FieldPlace.Param;
        if (isNested && name.AsSpan().IndexOfAny('.', '[') >= 0) return new Source(null, IsAlone: false);
        string plain = FieldNames.Plain(name);
        FieldKey[] similar = [.. segment.Fields.Where(f => f.Place == place && IsSimilar(FieldNames.Plain(f.Name), plain, isNested))];
        FieldKey? key = Array.Find(similar, f => f.Name == name) ?? (similar is [{ } only] && FieldNames.Plain(only.Name) == plain ? only : null);
        return new Source(key is null ? null : segment.Field(key), similar.Length == 0 || (similar.Length == 1 && key is not null));
    }

    private static Source FindPath(RunSegment segment, FieldPlace place, string path)
    {
        bool isNested = place == FieldPlace.Param;
        string plain = FieldNames.Plain(path[..path.IndexOf('.', StringComparison.Ordinal)]);
        FieldKey[] all = [.. segment.Fields.Where(f => f.Place == place)];
        // Names with dots and ways through members may lead to the same words.
        if (isNested && Array.Exists(all, f => f.Name.Contains("[\"", StringComparison.Ordinal))) return new Source(null, IsAlone: false);
        bool isElsewhere = Array.Exists(all, f => f.Name != path && IsSimilar(FieldNames.Plain(f.Name), plain, isNested));
        if (isElsewhere && !isNested) return new Source(null, IsAlone: false);
        return new Source(Array.Find(all, f => f.Name == path) is { } key ? segment.Field(key) : null, !isElsewhere);
    }

    private static bool IsSimilar(string column, string name, bool isNested) =>
        column.StartsWith(name, StringComparison.Ordinal) && (column.Length == name.Length || (isNested && column[name.Length] is '.' or '['));

    /// <param name="Column">The column; null for none, and when it is not so simple.</param>
    /// <param name="IsAlone">Whether a run without a value in it has nothing of that name.</param>
    private readonly record struct Source(FieldColumn? Column, bool IsAlone);
}
