namespace Assay;

/// <summary>The order in which the runs of a group recorded their metrics, first come first.</summary>
internal sealed class MetricOrder(RunCatalog catalog, int[] rows, int[] groups, int count)
{
    private readonly Dictionary<string, string[]> _known = new(StringComparer.Ordinal);

    /// <summary>The names of the metrics that each group has numbers of.</summary>
    public string[][] NamesByGroup(MetricTally[] tallies)
    {
        int[] firsts = Firsts();
        return [.. Enumerable.Range(0, count).Select(g => Names([.. tallies.Where(t => t.Count(g) > 0).Select(t => t.Name)], g, firsts[g]))];
    }

    private int[] Firsts()
    {
        var firsts = new int[count];
        Array.Fill(firsts, -1);
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            if (groups[i] >= 0) firsts[groups[i]] = i;
        }

        return firsts;
    }

    private string[] Names(string[] names, int group, int first)
    {
        if (names.Length < 2) return names;
        // Groups of one experiment have the same metrics, and its runs record them in one order.
        string all = string.Join('\n', names);
        if (!_known.TryGetValue(all, out string[]? ordered)) _known.Add(all, ordered = Ordered(names, group, first));
        return ordered;
    }

    // Only runs in which a metric comes first are read.
    private string[] Ordered(string[] names, int group, int first)
    {
        var order = new List<(int Row, int Place, string Name)>();
        var recorded = new Dictionary<int, Dictionary<string, int>>();
        foreach (string name in names)
        {
            int at = FirstWith(name, group, first);
            if (!recorded.TryGetValue(at, out Dictionary<string, int>? places))
                recorded.Add(at, places = catalog.Record(rows[at]).Metrics.Keys.Index().ToDictionary(k => k.Item, k => k.Index, StringComparer.Ordinal));
            order.Add((at, places.GetValueOrDefault(name, -1), name));
        }

        return [.. order.Order().Select(o => o.Name)];
    }

    private int FirstWith(string name, int group, int first)
    {
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            if (to <= first || catalog.Segments[segment].Field(new FieldKey(FieldPlace.Metric, name)) is not { } column) continue;
            for (int i = Math.Max(from, first); i < to; i++)
            {
                if (groups[i] == group && FieldNames.TryNumber(column[rows[i] - catalog.Bases[segment]], out _)) return i;
            }
        }

        return first;
    }
}
