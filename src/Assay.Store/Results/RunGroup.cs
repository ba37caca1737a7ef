namespace Assay;

/// <summary>Runs with equal values of some names, and statistics over the successful ones. Immutable.</summary>
public sealed class RunGroup
{
    internal RunGroup(
        IReadOnlyDictionary<string, object?> key, int successful, int notSuccessful,
        IReadOnlyDictionary<string, MetricStatistics> metrics) =>
        (Key, Successful, NotSuccessful, Metrics) = (key, successful, notSuccessful, metrics);

    /// <summary>The values that the runs have in common, by the names as they were written; null where they have none.</summary>
    public IReadOnlyDictionary<string, object?> Key { get; }

    /// <summary>The number of runs that succeeded.</summary>
    public int Successful { get; }

    /// <summary>The number of the others.</summary>
    public int NotSuccessful { get; }

    /// <summary>Statistics of the numbers of each metric, by name; a metric without any number in the group is missing.</summary>
    public IReadOnlyDictionary<string, MetricStatistics> Metrics { get; }
}

/// <summary>A name to group by, and the field it means. Two names of one grouping differ.</summary>
internal readonly record struct GroupName(string Name, RunField Field)
{
    /// <summary>
    /// The names of what was varied between runs: the labels of their variables with more than one value, or where there are none, such
    /// parameters.
    /// </summary>
    public static GroupName[] Varied(RunCatalog catalog, int[] rows)
    {
        FieldKey[] keys = [.. new FieldOrder(catalog, rows).Keys()];
        FieldPlace place = keys.Any(k => k.Place == FieldPlace.Label) ? FieldPlace.Label : FieldPlace.Param;
        HashSet<string> metrics = [.. keys.Where(k => k.Place == FieldPlace.Metric).Select(k => k.Name)];
        return [.. keys.Where(k => k.Place == place).Select(Of).Where(IsVaried)];

        GroupName Of(FieldKey key)
        {
            string whole = PlacedField.Spelling(PlacedField.WordOf(place), key.Name);
            // The name alone would mean a metric, or a fact of every run such as its seed.
            bool isPlain = !metrics.Contains(key.Name) && RunField.Parse(key.Name) is BareField;
            return new GroupName(isPlain ? key.Name : whole, RunField.Parse(whole));
        }

        bool IsVaried(GroupName name)
        {
            var values = new GroupKeys(catalog, rows);
            values.Of(name.Field);
            return values.Values.Count > 1;
        }
    }
}

/// <summary>Groups rows by fields and takes statistics of their metrics, column by column. Not thread-safe.</summary>
internal sealed class RunGrouping(RunCatalog catalog, int[] rows, IReadOnlyList<GroupName> by)
{
    private readonly List<object?[]> _keys = [];

    /// <summary>The number of groups, once the rows have been put into them.</summary>
    public int Count => _keys.Count;

    public IReadOnlyDictionary<string, object?> Key(int group) => new OrderedDictionary<string, object?>(
        by.Zip(_keys[group], (name, value) => KeyValuePair.Create(name.Name, value)), StringComparer.Ordinal);

    /// <summary>The groups in the order of their first runs.</summary>
    /// <param name="asked">The metrics. Default: all, in the order in which runs recorded them.</param>
    public IReadOnlyList<RunGroup> Groups(IReadOnlyList<RunField>? asked = null)
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

        (string Name, MetricStatistics?[] Of)[] metrics = asked is null ? OfAll(groups)
            : [.. asked.Select(field => (field.Name, MetricTally.Of(field, catalog, rows, groups, _keys.Count)))];
        return
        [
            .. Enumerable.Range(0, Count).Select(g => new RunGroup(
                Key(g), successful[g], others[g],
                new OrderedDictionary<string, MetricStatistics>(
                    metrics.Where(m => m.Of[g] is not null).Select(m => KeyValuePair.Create(m.Name, m.Of[g]!)), StringComparer.Ordinal))),
        ];
    }

    private (string, MetricStatistics?[])[] OfAll(int[] groups)
    {
        IEnumerable<FieldKey> order = new FieldOrder(catalog, rows).Keys();
        IEnumerable<string> names = order.Where(k => k.Place == FieldPlace.Metric).Select(k => k.Name)
            .Except(by.Select(b => b.Name), StringComparer.Ordinal);
        return [.. names.ToArray().AsParallel().AsOrdered()
            .Select(name => (name, MetricTally.Of(name, catalog, rows, groups, _keys.Count)))];
    }

    /// <summary>The number of its group for each of the rows.</summary>
    public int[] GroupOfEachRow()
    {
        var columns = new List<(int[] Numbers, IReadOnlyList<object?> Values)>();
        foreach (GroupName name in by)
        {
            var keys = new GroupKeys(catalog, rows);
            columns.Add((keys.Of(name.Field), keys.Values));
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
