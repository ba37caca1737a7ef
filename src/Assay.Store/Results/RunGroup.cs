namespace Assay;

/// <summary>Runs with equal values of some fields, and statistics over the successful ones.</summary>
internal sealed class RunGroup
{
    public required object?[] Key { get; init; }

    public required int Successful { get; init; }

    public required int NotSuccessful { get; init; }

    /// <summary>By name, in the order in which runs recorded them.</summary>
    public required IReadOnlyDictionary<string, MetricStatistics> Metrics { get; init; }

    /// <summary>The groups in the order of their first runs.</summary>
    public static IReadOnlyList<RunGroup> Of(Results runs, string[] groupBy) =>
        runs.OnColumns((catalog, rows) => new RunGrouping(catalog, rows, groupBy).Groups());
}

/// <summary>Groups rows by fields and takes statistics of their metrics, column by column. Not thread-safe.</summary>
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

/// <summary>Numbers distinct values of a field as they come. 1 and 1.0 are different ones, although a filter takes both.</summary>
internal sealed class GroupKeys(RunCatalog catalog, int[] rows)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The distinct values; null also stands for runs that have nothing of that name.</summary>
    public List<object?> Values { get; } = [];

    public int[] Of(RunField field)
    {
        var keys = new int[rows.Length];
        var reader = new FieldReader(catalog, field);
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            FieldColumn? column = reader.Column(segment);
            ReadOnlySpan<long> numbers = column?.Form is ColumnForm.Integer or ColumnForm.Real ? column.As<long>() : [];
            ReadOnlySpan<int> codes = column?.Form is ColumnForm.Text or ColumnForm.Json ? column.As<int>() : [];
            bool isInColumn = (numbers.Length | codes.Length) > 0;
            var known = new Dictionary<long, int>();
            long last = 0;
            int key = -1, first = catalog.Bases[segment];
            for (int i = from; i < to; i++)
            {
                int row = rows[i] - first;
                if (!isInColumn || !column!.IsValid(row))
                {
                    keys[i] = Number(reader.Single(segment, row));
                    continue;
                }

                long bits = numbers.Length > 0 ? numbers[row] : codes[row];
                if (key < 0 || bits != last)
                {
                    if (!known.TryGetValue(bits, out key)) known.Add(bits, key = Number(column[row]));
                    last = bits;
                }

                keys[i] = key;
            }
        }

        return keys;
    }

    private int Number(object? value)
    {
        string text = PlainJson.Of(value);
        if (_numbers.TryGetValue(text, out int number)) return number;
        Values.Add(value);
        _numbers.Add(text, number = Values.Count - 1);
        return number;
    }
}
