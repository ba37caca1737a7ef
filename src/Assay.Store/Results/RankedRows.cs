using System.Collections;

namespace Assay;

/// <summary>Rows of a catalog by a value, best first; a run is read when it is asked for. Thread-safe.</summary>
internal sealed class RankedRows : IReadOnlyList<RankedRun>
{
    // So often is asked whether to end.
    private const int Step = 4096;

    private readonly RunCatalog _catalog;
    private readonly RunField _field;
    private readonly RankingOptions _options;
    private readonly int[] _rows;

    // Places among the rows, and the values there.
    private readonly int[] _places;
    private readonly double[] _values;
    private readonly int[] _undefined;

    private RankedRows(
        RunCatalog catalog, RunField field, RankingOptions options, int[] rows, int[] places, double[] values, int[] undefined) =>
        (_catalog, _field, _options, _rows, _places, _values, _undefined) = (catalog, field, options, rows, places, values, undefined);

    /// <summary>The number of runs without a number, NaN included.</summary>
    public int WithoutValue { get; private init; }

    public int NotSuccessful { get; private init; }

    public int Count => _places.Length;

    public RankedRun this[int index] => Judged(new RunValues(_catalog.Record(_rows[_places[index]])), _field, _options)!;

    public IReadOnlyList<RunRecord> Undefined() => Array.ConvertAll(_undefined, place => _catalog.Record(_rows[place]));

    public IEnumerator<RankedRun> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static RankedRows Of(
        RunCatalog catalog, int[] rows, RunField field, RankingOptions options, CancellationToken cancellation)
    {
        var reader = new FieldReader(catalog, field);
        var (values, places, undefined) = (new double[rows.Length], new int[rows.Length], new List<int>());
        int count = 0, without = 0, unsuccessful = 0;
        bool hasDecimals = false;
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            int first = catalog.Bases[segment];
            ReadOnlySpan<byte> statuses = catalog.Statuses(segment);
            // The best value a run ever had is in no column.
            FieldColumn? column = options.Peak ? null : reader.Column(segment);
            ReadOnlySpan<double> reals = column?.Form == ColumnForm.Real ? column.As<double>() : [];
            ReadOnlySpan<long> integers = column?.Form == ColumnForm.Integer ? column.As<long>() : [];
            ReadOnlySpan<bool> truths = column?.Form == ColumnForm.Boolean ? column.As<bool>() : [];
            for (int i = from; i < to; i++)
            {
                if (i % Step == 0) cancellation.ThrowIfCancellationRequested();
                int row = rows[i] - first;
                if (!options.AnyStatus && statuses[row] != (byte)RunStatus.Success)
                {
                    unsuccessful++;
                    continue;
                }

                double value;
                if (reals.Length > 0 && column!.IsValid(row)) value = reals[row];
                else if (integers.Length > 0 && column!.IsValid(row)) value = integers[row];
                else if (truths.Length > 0 && column!.IsValid(row)) value = truths[row] ? 1 : 0;
                else
                {
                    var run = new RunValues(catalog.Record(rows[i]));
                    RankedRun? judged = Judged(run, field, options);
                    hasDecimals |= judged?.At.Value is decimal;
                    value = judged?.Value ?? double.NaN;
                    if (judged is null && !Values(run, field, options).Any(p => ValueOrder.Number(p.Value) is double.NaN))
                    {
                        without++;
                        continue;
                    }
                }

                if (double.IsNaN(value)) undefined.Add(i);
                else (values[count], places[count++]) = (options.Minimize ? value : -value, i);
            }
        }

        (values, places) = (values[..count], places[..count]);
        Array.Sort(values, places);
        SortTies(values, places, hasDecimals, ByExactValue);
        if (!options.Minimize)
            for (int i = 0; i < values.Length; i++) values[i] = -values[i];
        return new RankedRows(catalog, field, options, rows, places, values, [.. undefined])
        { WithoutValue = without + undefined.Count, NotSuccessful = unsuccessful };

        IEnumerable<int> ByExactValue(IEnumerable<int> some)
        {
            RankedRun Exact(int place) => Judged(new RunValues(catalog.Record(rows[place])), field, options)!;
            var order = Comparer<RankedRun>.Create(Compare);
            return options.Minimize ? some.OrderBy(Exact, order) : some.OrderByDescending(Exact, order);
        }
    }

    /// <summary>Groups with equal values of some fields, in the order of their best runs.</summary>
    public IReadOnlyList<RankedGroup> Groups(IReadOnlyList<RunField> by)
    {
        var grouping = new RunGrouping(_catalog, _rows, [.. by.DistinctBy(f => f.Name).Select(f => new GroupName(f.Name, f))]);
        int[] groupOf = grouping.GroupOfEachRow();
        var (sizes, undefined) = (new int[grouping.Count], new int[grouping.Count]);
        foreach (int place in _places) sizes[groupOf[place]]++;
        foreach (int place in _undefined) undefined[groupOf[place]]++;
        var order = new List<int>();
        var (places, values) = (new int[]?[grouping.Count], new double[]?[grouping.Count]);
        for (int i = _places.Length - 1; i >= 0; i--)
        {
            int g = groupOf[_places[i]];
            places[g] ??= new int[sizes[g]];
            values[g] ??= new double[places[g]!.Length];
            (places[g]![--sizes[g]], values[g]![sizes[g]]) = (_places[i], _values[i]);
        }

        foreach (int place in _places)
            if (sizes[groupOf[place]]++ == 0) order.Add(groupOf[place]);
        return
        [
            .. order.Select(g => new RankedGroup(
                grouping.Key(g), new RankedRows(_catalog, _field, _options, _rows, places[g]!, values[g]!, []), values[g]!, undefined[g])),
        ];
    }

    // Equal ones in the order of their runs, after their exact values where doubles do not tell these apart.
    private static void SortTies(double[] values, int[] places, bool hasDecimals, Func<IEnumerable<int>, IEnumerable<int>> byExactValue)
    {
        for (int from = 0, to; from < values.Length; from = to)
        {
            to = from + 1;
            while (to < values.Length && values[to] == values[from]) to++;
            if (to - from == 1) continue;
            places.AsSpan(from, to - from).Sort();
            if (hasDecimals || Math.Abs(values[from]) >= NumberOrder.FirstUnsure)
                byExactValue(places[from..to]).ToArray().CopyTo(places, from);
        }
    }

    public static RankedRun? Judged(RunValues run, RunField field, RankingOptions options)
    {
        RankedRun? best = null;
        foreach (FieldPoint point in Values(run, field, options))
        {
            if (!ValueOrder.TryMeasure(point.Value, out double value) || double.IsNaN(value)) continue;
            var judged = new RankedRun(run.Run, value, point);
            if (best is null || (options.Minimize ? Compare(judged, best) < 0 : Compare(judged, best) > 0)) best = judged;
        }

        return best;
    }

    private static int Compare(RankedRun a, RankedRun b) =>
        a.Value != b.Value
            ? a.Value.CompareTo(b.Value)
            : NumberOrder.Tie(a.Value, ValueOrder.Number(a.At.Value), ValueOrder.Number(b.At.Value));

    private static IEnumerable<FieldPoint> Values(RunValues run, RunField field, RankingOptions options) =>
        options.Peak ? field.Over(run) : (field.Of(run) ?? []).Select(v => new FieldPoint(v, null, null, null, null));
}
