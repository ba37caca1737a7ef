namespace Assay;

/// <summary>A space of the points of another space that satisfy a condition.</summary>
internal sealed class FilteredSpace<T> : Space<T>
{
    private const long MaxPoints = 1L << 33;
    private readonly Space<T> _source;
    private readonly Lazy<Selection> _selection;

    public FilteredSpace(Space<T> source, Func<T, bool> predicate)
    {
        _source = source;
        _selection = new Lazy<Selection>(() => Selection.Of(source, predicate));
    }

    public override IReadOnlyList<string> Faults => _selection.Value.Faults;
    public override IReadOnlyList<string> Notes => _source.Notes;
    private protected override long PointCount => _selection.Value.Map.Count;

    private protected override T PointAt(long index) => _source[_selection.Value.Map.Select(index)];

    private protected override IReadOnlyList<KeyValuePair<string, object?>> LabelsAt(long index) =>
        _source.Labels(_selection.Value.Map.Select(index));

    public override SpaceDescription Describe() => new("filter", CountIfValid, [], [_source.Describe()]);

    private sealed record Selection(RankBitmap Map, IReadOnlyList<string> Faults)
    {
        private static readonly RankBitmap Nothing = RankBitmap.Scan(0, _ => false);

        public static Selection Of(Space<T> source, Func<T, bool> predicate)
        {
            if (source.Faults.Count > 0) return new Selection(Nothing, source.Faults);
            long count = source.Count;
            if (count > MaxPoints)
                return Faulty($"would evaluate {count} points, expected at most {MaxPoints}; leave values out of the axes instead");

            long position = 0;
            try
            {
                RankBitmap map = RankBitmap.Scan(count, i => predicate(source[position = i]));
                return map.Count > 0 ? new Selection(map, []) : Faulty($"keeps none of the {count} points; loosen its condition");
            }
            catch (Exception e) // The predicate is the user's code: whatever it throws is a fault of the declaration.
            {
                return Faulty($"failed at point {position}: {e.GetType().Name}: {ExceptionText.Clause(e)}; make it return false instead");
            }
        }

        private static Selection Faulty(string fault) => new(Nothing, ["the filter " + fault]);
    }
}
