namespace Assay;

/// <summary>
/// What a name that people type means in each run: the parameter, the label or the metric that is called so, exactly or, where it is the only one, but for casing and underscores; and the
/// status. A parameter comes before its label. A name that is a metric and one of these says nothing alone: <c>params.NAME</c>, <c>labels.NAME</c> and <c>metrics.NAME</c> say which is meant.
/// Not thread-safe.
/// </summary>
internal sealed class NamedField
{
    private static readonly FieldPlace[] All = [FieldPlace.Param, FieldPlace.Label, FieldPlace.Metric];

    private readonly RunCatalog _catalog;
    private readonly FieldPlace[] _places;
    private readonly string _wanted;
    private readonly bool _isStatus;
    private readonly NamedField? _asWritten;
    private readonly Candidates[]?[] _candidates;

    public NamedField(RunCatalog catalog, string name) : this(catalog, name, NamedPlace.Find(name))
    {
    }

    private NamedField(RunCatalog catalog, string name, NamedPlace? place)
    {
        _catalog = catalog;
        _wanted = place?.Name ?? name;
        _places = place is null ? All : [place.Place];
        _isStatus = place is null && FieldNames.Plain(name) == "status";
        // A metric may really be called metrics.x.
        if (place is not null) _asWritten = new NamedField(catalog, name, place: null);
        _candidates = new Candidates[]?[catalog.Segments.Count];
    }

    /// <summary>The column that alone decides in a segment: where it has nothing, there is nothing of that name. Null when it is not so simple.</summary>
    public FieldColumn? Only(int segment)
    {
        FieldColumn[] all = [.. In(segment).SelectMany(c => c.Columns)];
        return all is [var only] && !_isStatus && _asWritten?.IsNowhere(segment) != false ? only : null;
    }

    /// <summary>Whether nothing in a segment has that name.</summary>
    public bool IsNowhere(int segment) => !_isStatus && Array.TrueForAll(In(segment), c => c.Columns.Count == 0) && _asWritten?.IsNowhere(segment) != false;

    /// <exception cref="AssayException">Several names are meant equally.</exception>
    public bool TryGet(int segment, int row, out object? value)
    {
        FieldColumn? found = null;
        foreach (Candidates candidates in In(segment))
        {
            if (candidates.Of(row, _wanted) is not { } column) continue;
            if (found is not null && column.Key.Place == FieldPlace.Metric) throw NamedPlace.Ambiguous(_wanted, found.Key, column.Key, _catalog.Segments[segment].Id(row));
            found ??= column;
        }

        if (found is null && _asWritten is not null) return _asWritten.TryGet(segment, row, out value);
        value = found is not null ? found[row] : _isStatus ? RunStatusText.Text((RunStatus)_catalog.Statuses(segment)[row]) : null;
        return found is not null || _isStatus;
    }

    /// <summary>Whether any of some rows has something of that name.</summary>
    /// <exception cref="AssayException">In one of them several names are meant equally.</exception>
    public bool IsAnywhere(int[] rows)
    {
        bool isFound = false;
        foreach ((int segment, int from, int to) in RowSlices.Of(_catalog, rows))
        {
            if (IsNowhere(segment)) continue;
            // Every row is asked only where rows may differ in what the name means.
            bool mayDiffer = In(segment).Count(c => c.Columns.Count > 0) > 1;
            for (int i = from; i < to && (mayDiffer || !isFound); i++) isFound |= TryGet(segment, rows[i] - _catalog.Bases[segment], out _);
        }

        return isFound;
    }

    private Candidates[] In(int segment) => _candidates[segment] ??= [.. _places.Select(p => Find(_catalog.Segments[segment], p))];

    private Candidates Find(RunSegment segment, FieldPlace place)
    {
        string plain = FieldNames.Plain(_wanted);
        return new Candidates(
            segment.Field(new FieldKey(place, _wanted)),
            [.. segment.Fields.Where(f => f.Place == place && f.Name != _wanted && FieldNames.Plain(f.Name) == plain).Select(f => segment.Field(f)!)]);
    }

    /// <summary>The columns of one place that a name may mean.</summary>
    private sealed record Candidates(FieldColumn? Exact, FieldColumn[] Similar)
    {
        // Where the exact name is everywhere, no other is ever looked at.
        public IReadOnlyList<FieldColumn> Columns { get; } = Exact is null ? Similar : Exact.IsEverywhere ? [Exact] : [Exact, .. Similar];

        public FieldColumn? Of(int row, string wanted)
        {
            if (Exact?.Has(row) == true) return Exact;
            FieldColumn[] similar = [.. Similar.Where(c => c.Has(row)).Take(2)];
            if (similar.Length == 2) throw new AssayException($"'{wanted}' may mean '{similar[0].Key.Name}' or '{similar[1].Key.Name}'; give the exact name.");
            return similar.Length == 1 ? similar[0] : null;
        }
    }
}
