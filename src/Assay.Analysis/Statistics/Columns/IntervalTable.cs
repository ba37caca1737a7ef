namespace Assay.Analysis;

/// <summary>Intervals of the means of groups of rows.</summary>
/// <param name="keys">The columns to group by.</param>
/// <param name="metric">The numbers; null where a row has none.</param>
internal sealed class IntervalTable(IReadOnlyList<Column> keys, Column metric)
{
    // No column of a user is called so.
    private const string Value = "\0value", Cluster = "\0cluster", Failed = "\0failed", Mean = "\0mean", Deviation = "\0std",
        Count = "\0count", Rows = "\0rows";

    public double Confidence { get; init; } = 0.95;

    public IntervalMethod Method { get; init; }

    public Resampling Resampling { get; init; } = Resampling.Default;

    /// <summary>The cluster of each row; null where values are independent.</summary>
    public Column? Clusters { get; init; }

    /// <summary>Whether each row is of a run that did not succeed and so has no number; null where there are no runs.</summary>
    public Column? NotSuccessful { get; init; }

    public Table Build()
    {
        Requirements.Confidence(Confidence);
        IntervalMethod method = Chosen();
        IEnumerable<Column> values = [metric.Rename(Value), .. Named(Clusters, Cluster), .. Named(NotSuccessful, Failed)];
        GroupedTable groups = Table.FromColumns([.. keys, .. values]).GroupBy(keys.Select(k => k.Name));
        Interval[] intervals = Clusters is null && method is IntervalMethod.T or IntervalMethod.Normal or IntervalMethod.Auto
            ? Summarised(groups, method)
            : [.. groups.Select(g => OfGroup(g, method))];
        return ToTable(groups, Told(groups, intervals));
    }

    /// <summary>What all groups have in common; auto is left where each group chooses between t and normal.</summary>
    private IntervalMethod Chosen()
    {
        if (Method != IntervalMethod.Auto || Clusters is not null) return Method;
        if (metric.Type == ColumnType.Boolean) return IntervalMethod.Wilson;
        bool isShare = metric.NullCount < metric.Count && MeanIntervals.Choose(NumericColumn.Present(metric)) == IntervalMethod.Bootstrap;
        return isShare ? IntervalMethod.Bootstrap : IntervalMethod.Auto;
    }

    /// <summary>Three numbers of each group are enough for t and normal.</summary>
    private Interval[] Summarised(GroupedTable groups, IntervalMethod method)
    {
        Table summary = groups.Aggregate(
            Aggregate.Mean(Value).As(Mean), Aggregate.StandardDeviation(Value).As(Deviation), Aggregate.Count(Value).As(Count));
        Column means = summary[Mean], deviations = summary[Deviation], counts = summary[Count];
        return [.. Enumerable.Range(0, groups.Count).Select(g => MeanIntervals.Symmetric(
            new Moments((int)counts.AsInt64s()[g], Cell(means, g), Cell(deviations, g)), Confidence,
            method == IntervalMethod.Auto ? MeanIntervals.ByCount((int)counts.AsInt64s()[g]) : method))];
    }

    private Interval OfGroup(Table group, IntervalMethod method)
    {
        Column values = group[Value];
        return group.TryGetColumn(Cluster, out Column? clusters)
            ? Interval.OfMean(NumericColumn.Present(values), Numbers(values, clusters), Confidence, method)
            : Interval.OfMean(NumericColumn.Present(values), Confidence, method, Resampling);
    }

    private int[] Numbers(Column values, Column clusters)
    {
        var known = new Dictionary<object, int>();
        var numbers = new List<int>();
        for (int i = 0; i < values.Count; i++)
        {
            if (values.IsNull(i)) continue;
            if (clusters.IsNull(i))
                throw new TableException($"Column '{Clusters!.Name}' has no value beside {ValueText.Of(values[i])} of '{metric.Name}'; "
                    + "expected a cluster for every number. Filter such rows out.");
            if (!known.TryGetValue(clusters[i]!, out int number)) known.Add(clusters[i]!, number = known.Count);
            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>Intervals with what is missing in their groups.</summary>
    private Interval[] Told(GroupedTable groups, Interval[] intervals)
    {
        if (metric.NullCount == 0) return intervals;
        IEnumerable<Aggregate> counts = [Aggregate.Count().As(Rows), .. NotSuccessful is null ? [] : new[] { Aggregate.Sum(Failed) }];
        Table counted = groups.Aggregate(counts.Select(c => c.Column is null ? c : c.As(Failed)));
        for (int g = 0; g < intervals.Length; g++)
        {
            long failed = NotSuccessful is null ? 0 : counted[Failed].AsInt64s()[g];
            long without = counted[Rows].AsInt64s()[g] - failed - intervals[g].Count;
            string?[] notes =
            [
                intervals[g].Note,
                failed == 0 ? null : $"{Plural.Of((int)failed, "run")} did not succeed",
                without == 0 ? null : $"{Plural.Of((int)without, NotSuccessful is null ? "row" : "run")} without a value",
            ];
            string[] told = [.. notes.OfType<string>()];
            intervals[g] = intervals[g] with { Note = told.Length == 0 ? null : string.Join("; ", told) };
        }

        return intervals;
    }

    private static Table ToTable(GroupedTable groups, Interval[] intervals)
    {
        Column[] columns =
        [
            Column.Of("mean", intervals.Select(i => i.Estimate)),
            Column.Of("std", intervals.Select(i => i.StandardDeviation)),
            Column.Of("lower_bound", intervals.Select(i => i.LowerBound)),
            Column.Of("upper_bound", intervals.Select(i => i.UpperBound)),
            Column.Of("count", intervals.Select(i => (long)i.Count)),
            Column.Of("confidence", intervals.Select(i => i.Confidence)),
            Column.Of("method", intervals.Select(i => IntervalMethodText.Text(i.Method))),
            .. intervals.All(i => i.Clusters is null) ? [] : new[] { Column.Of("clusters", intervals.Select(i => (long?)i.Clusters)) },
            .. intervals.All(i => i.Note is null) ? [] : new[] { Column.Of("note", intervals.Select(i => i.Note)) },
        ];
        string[] taken = [.. columns.Select(c => c.Name)];
        IEnumerable<Column> shared = groups.Keys.Columns.Select(key => taken.Contains(key.Name) ? key.Rename("param_" + key.Name) : key);
        return Table.FromColumns([.. shared, .. columns]);
    }

    private static Column[] Named(Column? column, string name) => column is null ? [] : [column.Rename(name)];

    private static double? Cell(Column column, int row) => column.IsNull(row) ? null : column.AsDoubles()[row];
}
