namespace Assay;

/// <summary>
/// The columns that a table gets besides those it always has, in the order in which runs bring them: a run's tags before its error,
/// parameters, labels and metrics.
/// </summary>
internal sealed class FieldOrder(RunCatalog catalog, int[] rows)
{
    private static readonly FieldKey[] Sometimes = [FieldKey.Tags, FieldKey.ErrorKind, FieldKey.ErrorType, FieldKey.ErrorMessage];

    public IEnumerable<FieldKey> Keys()
    {
        var firsts = new List<(int Row, FieldKey Key)>();
        foreach (FieldKey key in catalog.Segments.SelectMany(s => s.Fields).Distinct())
        {
            if ((key.Place != FieldPlace.Fixed || Sometimes.Contains(key)) && First(key) is { } first) firsts.Add((first, key));
        }

        return firsts.GroupBy(f => f.Row).OrderBy(g => g.Key).SelectMany(g => InRun(g.Key, [.. g.Select(f => f.Key)]));
    }

    // Columns do not know in which order one run names its values, so the runs that bring something new are read. There are few.
    private IEnumerable<FieldKey> InRun(int place, FieldKey[] keys)
    {
        if (keys.Length == 1) return keys;
        RunRecord run = catalog.Record(rows[place]);
        Dictionary<FieldKey, int> places = Sometimes
            .Concat(Of(FieldPlace.Param, JsonObjects.Flatten(run.Params).Select(p => p.Key)))
            .Concat(Of(FieldPlace.Label, run.Labels.Keys)).Concat(Of(FieldPlace.Metric, run.Metrics.Keys))
            .Distinct().Index().ToDictionary(k => k.Item, k => k.Index);
        return keys.OrderBy(k => k.Place).ThenBy(k => places.GetValueOrDefault(k, -1));

        static IEnumerable<FieldKey> Of(FieldPlace place, IEnumerable<string> names) => names.Select(name => new FieldKey(place, name));
    }

    private int? First(FieldKey key)
    {
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            if (catalog.Segments[segment].Field(key) is not { } column) continue;
            for (int i = from; i < to; i++)
            {
                if (column.Has(rows[i] - catalog.Bases[segment])) return i;
            }
        }

        return null;
    }
}
