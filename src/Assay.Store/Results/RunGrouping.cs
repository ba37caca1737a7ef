namespace Assay;

/// <summary>
/// Groups rows by fields and takes statistics of their metrics, column by column, in the order of the rows. Not thread-safe.
/// </summary>
internal sealed class RunGrouping(RunCatalog catalog, int[] rows, string[] groupBy)
{
    private readonly List<object?[]> _keys = [];

    public IReadOnlyList<RunGroup> Groups()
    {
        int[] groups = GroupOfEachRow();
        int[] successful = new int[_keys.Count], others = new int[_keys.Count];
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            ReadOnlySpan<byte> statuses = catalog.Statuses(segment);
            for (int i = from; i < to; i++)
            {
                bool isSuccess = statuses[rows[i] - catalog.Bases[segment]] == (byte)RunStatus.Success;
                (isSuccess ? successful : others)[groups[i]]++;
                // Statistics are of the successful alone.
                if (!isSuccess) groups[i] = -1;
            }
        }

        IEnumerable<FieldKey> order = new FieldOrder(catalog, rows).Keys();
        string[] names = [.. order.Where(k => k.Place == FieldPlace.Metric).Select(k => k.Name).Except(groupBy, StringComparer.Ordinal)];
        MetricStatistics?[][] metrics =
            [.. names.AsParallel().AsOrdered().Select(name => MetricTally.Of(name, catalog, rows, groups, _keys.Count))];
        return
        [
            .. _keys.Select((key, g) => new RunGroup
            {
                Key = key,
                Successful = successful[g],
                NotSuccessful = others[g],
                Metrics = names.Index().Where(n => metrics[n.Index][g] is not null).ToDictionary(n => n.Item, n => metrics[n.Index][g]!),
            }),
        ];
    }

    private int[] GroupOfEachRow()
    {
        var columns = new List<(int[] Numbers, IReadOnlyList<object?> Values)>();
        foreach (string name in groupBy)
        {
            var keys = new GroupKeys(catalog, rows);
            columns.Add((keys.Of(RunField.Parse(name)), keys.Values));
        }

        if (columns.Count == 1)
        {
            _keys.AddRange(columns[0].Values.Select(v => new[] { v }));
            return columns[0].Numbers;
        }

        return Combined(columns);
    }

    private int[] Combined(List<(int[] Numbers, IReadOnlyList<object?> Values)> columns)
    {
        var groups = new int[rows.Length];
        int count = 1;
        foreach ((int[] numbers, IReadOnlyList<object?> values) in columns)
        {
            var known = new Dictionary<long, int>();
            for (int i = 0; i < groups.Length; i++)
            {
                long pair = ((long)groups[i] * values.Count) + numbers[i];
                if (!known.TryGetValue(pair, out int number)) known.Add(pair, number = known.Count);
                groups[i] = number;
            }

            count = known.Count;
        }

        var firsts = new int[rows.Length == 0 ? 0 : count];
        for (int i = rows.Length - 1; i >= 0; i--) firsts[groups[i]] = i;
        _keys.AddRange(firsts.Select(i => columns.Select(c => c.Values[c.Numbers[i]]).ToArray()));
        return groups;
    }
}
