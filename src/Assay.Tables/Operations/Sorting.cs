namespace Assay.Tables;

/// <summary>The order of rows by several keys: stable, nulls last, NaN before them.</summary>
internal static class Sorting
{
    public static int[] Order(Table table, ReadOnlySpan<SortKey> keys)
    {
        var comparisons = new Comparison<int>[keys.Length];
        for (int i = 0; i < keys.Length; i++) comparisons[i] = By(table[keys[i].Column], keys[i].IsDescending);
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        Array.Sort(rows, (left, right) =>
        {
            foreach (Comparison<int> comparison in comparisons)
                if (comparison(left, right) is not 0 and var order) return order;
            return left.CompareTo(right);
        });
        return rows;
    }

    private static Comparison<int> By(Column column, bool isDescending)
    {
        Comparison<int> ascending = ValueOrder.Of(column);
        Comparison<int> compare = isDescending ? (left, right) => ascending(right, left) : ascending;
        byte[] ranks = Ranks(column);
        return ranks.AsSpan().ContainsAnyExcept((byte)0)
            ? (left, right) => ranks[left] == 0 && ranks[right] == 0 ? compare(left, right) : ranks[left].CompareTo(ranks[right])
            : compare;
    }

    /// <summary>0 for values, 1 for NaN, 2 for nulls.</summary>
    private static byte[] Ranks(Column column)
    {
        var ranks = new byte[column.Count];
        ReadOnlySpan<double> doubles = column.Type == ColumnType.Double ? column.AsDoubles() : [];
        for (int i = 0; i < ranks.Length; i++)
            ranks[i] = column.IsNull(i) ? (byte)2 : doubles.Length > 0 && double.IsNaN(doubles[i]) ? (byte)1 : (byte)0;
        return ranks;
    }
}

/// <summary>The order of the values of a column: text and JSON by ordinal, timestamps by instant, false before true.</summary>
internal static class ValueOrder
{
    /// <summary>Compares the values of two rows that are neither null nor NaN.</summary>
    public static Comparison<int> Of(Column column) => column.Type switch
    {
        ColumnType.Boolean => By(column.AsBooleans().ToArray()),
        ColumnType.Int64 => By(column.AsInt64s().ToArray()),
        ColumnType.Double => By(column.AsDoubles().ToArray()),
        ColumnType.Timestamp => By(column.AsTimestamps().ToArray()),
        ColumnType.Duration => By(column.AsDurations().ToArray()),
        _ => By(column.AsStrings().ToArray(), string.CompareOrdinal),
    };

    /// <summary>Whether a row's value takes the place of the smallest or largest so far. NaN takes it and keeps it.</summary>
    public static Func<int, int, bool> Replaces(Column column, bool isMax)
    {
        Comparison<int> compare = Of(column);
        double[] doubles = column.Type == ColumnType.Double ? column.AsDoubles().ToArray() : [];
        return (best, row) =>
        {
            if (doubles.Length > 0 && (double.IsNaN(doubles[best]) || double.IsNaN(doubles[row]))) return !double.IsNaN(doubles[best]);
            return isMax ? compare(row, best) > 0 : compare(row, best) < 0;
        };
    }

    private static Comparison<int> By<T>(T[] values) where T : IComparable<T> => (a, b) => values[a].CompareTo(values[b]);

    private static Comparison<int> By<T>(T[] values, Comparison<T> compare) => (a, b) => compare(values[a], values[b]);
}
