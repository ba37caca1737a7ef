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

/// <summary>Aggregates that calculate. Values of a group are gathered next to each other, then treated as one span.</summary>
internal static class NumericAggregation
{
    public static Column Of(Column column, GroupRows groups, Aggregate aggregate)
    {
        bool isSum = aggregate.Kind == AggregateKind.Sum;
        switch (column.Type)
        {
            // A column of nulls alone has the type String unless another was given.
            case ColumnType.String when column.NullCount == column.Count:
                return ColumnFactory.Nulls(aggregate.Name, ColumnType.Double, groups.Count);
            case ColumnType.Int64 when isSum:
                return ExactSums(aggregate.Name, column, groups, column.AsInt64s());
            case ColumnType.Boolean when isSum:
                return ExactSums(aggregate.Name, column, groups, Array.ConvertAll(column.AsBooleans().ToArray(), flag => flag ? 1L : 0));
            case ColumnType.Int64 or ColumnType.Boolean or ColumnType.Double:
                return Column.Of(aggregate.Name, Each(column, groups, column.AsDoubles(), aggregate));
            case ColumnType.Duration when isSum:
                Int128?[] sums = Sums(column, groups, Array.ConvertAll(column.AsDurations().ToArray(), span => span.Ticks));
                return Column.Of(aggregate.Name, sums.Select(sum => ToDuration(sum, (double?)sum, column, aggregate)));
            case ColumnType.Duration:
                double[] ticks = Array.ConvertAll(column.AsDurations().ToArray(), span => (double)span.Ticks);
                double?[] results = Each(column, groups, ticks, aggregate);
                return Column.Of(aggregate.Name, results.Select(value => ToDuration(Whole(value), value, column, aggregate)));
            default:
                throw new TableException($"Column '{column.Name}' holds {column.Type} values, which have no {Word(aggregate)}; "
                    + "numbers, booleans and durations have one, every type has count, min, max, first and n_distinct.");
        }
    }

    private static double?[] Each(Column column, GroupRows groups, ReadOnlySpan<double> values, Aggregate aggregate)
    {
        var results = new double?[groups.Count];
        var buffer = new double[column.Count];
        for (int group = 0; group < results.Length; group++)
        {
            int count = 0;
            foreach (int row in groups[group])
                if (column.Validity is not { } validity || validity[row]) buffer[count++] = values[row];
            results[group] = Calculate(buffer.AsSpan(0, count), aggregate);
        }

        return results;
    }

    private static double? Calculate(Span<double> values, Aggregate aggregate) => aggregate.Kind switch
    {
        AggregateKind.Sum => values.Length == 0 ? null : Statistics.Sum(values),
        AggregateKind.Mean => Statistics.Mean(values),
        AggregateKind.StandardDeviation => Statistics.StandardDeviation(values),
        _ => Statistics.Quantile(values, aggregate.Argument),
    };

    private static Column ExactSums(string name, Column column, GroupRows groups, ReadOnlySpan<long> values)
    {
        Int128?[] sums = Sums(column, groups, values);
        bool fits = sums.All(sum => sum is null || (sum >= long.MinValue && sum <= long.MaxValue));
        return fits ? Column.Of(name, sums.Select(sum => (long?)sum)) : Column.Of(name, sums.Select(sum => (double?)sum));
    }

    private static Int128?[] Sums(Column column, GroupRows groups, ReadOnlySpan<long> values)
    {
        var sums = new Int128?[groups.Count];
        for (int group = 0; group < sums.Length; group++)
        {
            Int128 sum = 0;
            bool any = false;
            foreach (int row in groups[group])
            {
                if (column.Validity is { } validity && !validity[row]) continue;
                sum += values[row];
                any = true;
            }

            sums[group] = any ? sum : null;
        }

        return sums;
    }

    /// <summary>A mean or quantile lies between two durations, and rounds to 2^63 ticks at most; a deviation may lie beyond.</summary>
    private static Int128? Whole(double? ticks)
    {
        const double Largest = 9223372036854775808.0;
        if (ticks is not { } value) return null;
        return Math.Abs(value) <= Largest ? Int128.Clamp((Int128)Math.Round(value), long.MinValue, long.MaxValue) : (Int128)value;
    }

    private static TimeSpan? ToDuration(Int128? ticks, double? shown, Column column, Aggregate aggregate)
    {
        if (ticks is not { } whole) return null;
        if (whole >= long.MinValue && whole <= long.MaxValue) return TimeSpan.FromTicks((long)whole);
        string days = string.Create(CultureInfo.InvariantCulture, $"{shown / TimeSpan.TicksPerDay:0}");
        throw new TableException($"The {Word(aggregate)} of column '{column.Name}' is about {days} days, but a duration has at most "
            + $"{TimeSpan.MaxValue.Days}; aggregate a column of numbers instead, such as seconds, made by With.");
    }

    private static string Word(Aggregate aggregate) =>
        aggregate.Kind == AggregateKind.StandardDeviation ? "standard deviation" : aggregate.Kind.ToString().ToLowerInvariant();
}
