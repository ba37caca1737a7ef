namespace Assay;

/// <summary>
/// The columns that a table gets besides those it always has, in the order in which runs bring them: a run's tags before its error, parameters, labels and
/// metrics.
/// </summary>
internal sealed class FieldOrder(RunCatalog catalog, int[] rows)
{
    private static readonly FieldKey[] Sometimes = [FieldKey.Tags, FieldKey.ErrorKind, FieldKey.ErrorType, FieldKey.ErrorMessage];

    public IEnumerable<FieldKey> Keys()
    {
        var firsts = new List<(int Row, FieldKey Key)>();
        foreach (FieldKey key in catalog.Segments.SelectMany(s => s.Fields).Distinct().Where(k => k.Place != FieldPlace.Fixed || Sometimes.Contains(k)))
        {
            if (First(key) is { } first) firsts.Add((first, key));
        }

        return firsts.GroupBy(f => f.Row).OrderBy(g => g.Key).SelectMany(g => InRun(g.Key, [.. g.Select(f => f.Key)]));
    }

    // Columns do not know in which order one run names its values, so the runs that bring something new are read. There are few.
    private IEnumerable<FieldKey> InRun(int place, FieldKey[] keys)
    {
        if (keys.Length == 1) return keys;
        RunRecord run = catalog.Record(rows[place]);
        IEnumerable<string>[] names = [Sometimes.Select(k => k.Name), JsonObjects.Flatten(run.Params).Select(p => p.Key), run.Labels.Keys, run.Metrics.Keys];
        Dictionary<string, int>[] places = [.. names.Select(n => n.Distinct(StringComparer.Ordinal).Index().ToDictionary(e => e.Item, e => e.Index, StringComparer.Ordinal))];
        return keys.OrderBy(k => k.Place).ThenBy(k => places[(int)k.Place].GetValueOrDefault(k.Name, -1));
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
