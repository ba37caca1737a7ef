namespace Assay;

/// <summary>
/// What a name that people type means in each run: parameters first, then labels, then metrics; the exact name if the run has it, otherwise the only one that is the same but for
/// casing and underscores; and the status. Not thread-safe.
/// </summary>
internal sealed class NamedField
{
    private static readonly FieldPlace[] All = [FieldPlace.Param, FieldPlace.Label, FieldPlace.Metric];

    private readonly RunCatalog _catalog;
    private readonly FieldPlace[] _places;
    private readonly string _wanted;
    private readonly bool _isStatus;
    private readonly Candidates?[] _candidates;

    public NamedField(RunCatalog catalog, string name)
    {
        _catalog = catalog;
        bool paramOnly = name.StartsWith("param_", StringComparison.Ordinal);
        _wanted = paramOnly ? name["param_".Length..] : name;
        _places = paramOnly ? [FieldPlace.Param] : All;
        _isStatus = !paramOnly && FieldNames.Plain(_wanted) == "status";
        _candidates = new Candidates?[catalog.Segments.Count];
    }

    /// <summary>The column that alone decides in a segment: where it has nothing, there is nothing of that name. Null when it is not so simple.</summary>
    public FieldColumn? Only(int segment)
    {
        Candidates candidates = In(segment);
        if (candidates.Exact is [{ IsEverywhere: true } everywhere, ..]) return everywhere;
        return !_isStatus && candidates.Exact.Length + candidates.Similar.Sum(s => s.Length) == 1 ? candidates.Exact.Concat(candidates.Similar.SelectMany(s => s)).Single() : null;
    }

    /// <summary>Whether nothing in a segment has that name.</summary>
    public bool IsNowhere(int segment) => !_isStatus && In(segment) is { Exact.Length: 0 } candidates && candidates.Similar.All(s => s.Length == 0);

    /// <exception cref="AssayException">Several names are meant equally.</exception>
    public bool TryGet(int segment, int row, out object? value)
    {
        Candidates candidates = In(segment);
        FieldColumn? found = Array.Find(candidates.Exact, c => c.Has(row));
        for (int i = 0; found is null && i < candidates.Similar.Length; i++)
        {
            FieldColumn[] similar = [.. candidates.Similar[i].Where(c => c.Has(row)).Take(2)];
            if (similar.Length == 2) throw new AssayException($"'{_wanted}' may mean '{similar[0].Key.Name}' or '{similar[1].Key.Name}'; give the exact name.");
            found = similar.Length == 1 ? similar[0] : null;
        }

        value = found is not null ? found[row] : _isStatus ? RunStatusText.Text((RunStatus)_catalog.Statuses(segment)[row]) : null;
        return found is not null || _isStatus;
    }

    /// <summary>Whether any of some rows has something of that name.</summary>
    public bool IsAnywhere(int[] rows)
    {
        foreach ((int segment, int from, int to) in RowSlices.Of(_catalog, rows))
        {
            if (IsNowhere(segment)) continue;
            for (int i = from; i < to; i++)
            {
                if (TryGet(segment, rows[i] - _catalog.Bases[segment], out _)) return true;
            }
        }

        return false;
    }

    private Candidates In(int segment) => _candidates[segment] ??= Find(_catalog.Segments[segment]);

    private Candidates Find(RunSegment segment)
    {
        FieldColumn[] exact = [.. _places.Select(p => segment.Field(new FieldKey(p, _wanted))).OfType<FieldColumn>()];
        string plain = FieldNames.Plain(_wanted);
        FieldColumn[][] similar = [.. _places.Select(p => segment.Fields.Where(f => f.Place == p && f.Name != _wanted && FieldNames.Plain(f.Name) == plain).Select(f => segment.Field(f)!).ToArray())];
        return new Candidates(exact, similar);
    }

    private sealed record Candidates(FieldColumn[] Exact, FieldColumn[][] Similar);
}
