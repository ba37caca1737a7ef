namespace Assay.Tables;

internal enum AggregateKind { Rows, Count, Sum, Mean, StandardDeviation, Min, Max, Quantile, First, Distinct }

/// <summary>Aggregates of any column type; the numeric ones are in <see cref="NumericAggregation"/>.</summary>
internal static class Aggregation
{
    public static Column Of(Table table, GroupRows groups, Aggregate aggregate)
    {
        if (aggregate.Kind == AggregateKind.Rows) return Count(aggregate.Name, groups, column: null);
        Column column = table[aggregate.Column!];
        return aggregate.Kind switch
        {
            AggregateKind.Count => Count(aggregate.Name, groups, column),
            AggregateKind.Distinct => Distinct(aggregate.Name, groups, column),
            AggregateKind.First => Pick(aggregate.Name, groups, column, (_, _) => false),
            AggregateKind.Min => Pick(aggregate.Name, groups, column, ValueOrder.Replaces(column, isMax: false)),
            AggregateKind.Max => Pick(aggregate.Name, groups, column, ValueOrder.Replaces(column, isMax: true)),
            _ => NumericAggregation.Of(column, groups, aggregate),
        };
    }

    private static TypedColumn<long> Count(string name, GroupRows groups, Column? column)
    {
        var counts = new long[groups.Count];
        for (int group = 0; group < counts.Length; group++)
        {
            ReadOnlySpan<int> rows = groups[group];
            counts[group] = rows.Length;
            if (column?.Validity is not { } validity) continue;
            foreach (int row in rows)
                if (!validity[row]) counts[group]--;
        }

        return new TypedColumn<long>(name, ColumnType.Int64, counts, validity: null);
    }

    private static TypedColumn<long> Distinct(string name, GroupRows groups, Column column)
    {
        var counts = new long[groups.Count];
        GroupIds values = GroupIds.Of(column);
        var lastGroups = new int[values.Count];
        Array.Fill(lastGroups, -1);
        for (int group = 0; group < counts.Length; group++)
        {
            foreach (int row in groups[group])
            {
                if (column.IsNull(row) || lastGroups[values.Ids[row]] == group) continue;
                lastGroups[values.Ids[row]] = group;
                counts[group]++;
            }
        }

        return new TypedColumn<long>(name, ColumnType.Int64, counts, validity: null);
    }

    /// <summary>The value of one row of each group: the first except null, unless a later one replaces it.</summary>
    private static Column Pick(string name, GroupRows groups, Column column, Func<int, int, bool> replaces)
    {
        var picked = new int[groups.Count];
        for (int group = 0; group < picked.Length; group++)
        {
            int best = -1;
            foreach (int row in groups[group])
            {
                if (column.Validity is { } validity && !validity[row]) continue;
                if (best < 0 || replaces(best, row)) best = row;
            }

            picked[group] = best;
        }

        return column.Take(picked).Rename(name);
    }
}
