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
            {
                int order = comparison(left, right);
                if (order != 0) return order;
            }

            return left.CompareTo(right);
        });
        return rows;
    }

    private static Comparison<int> By(Column column, bool isDescending) => column.Type switch
    {
        ColumnType.Boolean => By(column, column.AsBooleans().ToArray(), (a, b) => a.CompareTo(b), isDescending),
        ColumnType.Int64 => By(column, column.AsInt64s().ToArray(), (a, b) => a.CompareTo(b), isDescending),
        ColumnType.Double => ByDouble(column, column.AsDoubles().ToArray(), isDescending),
        ColumnType.Timestamp => By(column, column.AsTimestamps().ToArray(), (a, b) => a.CompareTo(b), isDescending),
        ColumnType.Duration => By(column, column.AsDurations().ToArray(), (a, b) => a.CompareTo(b), isDescending),
        _ => By(column, column.AsStrings().ToArray(), string.CompareOrdinal, isDescending),
    };

    private static Comparison<int> By<T>(Column column, T[] values, Comparison<T> compare, bool isDescending)
    {
        Validity? validity = column.Validity;
        return (left, right) =>
        {
            if (validity is not null && !(validity[left] && validity[right])) return validity[right].CompareTo(validity[left]);
            return isDescending ? compare(values[right], values[left]) : compare(values[left], values[right]);
        };
    }

    private static Comparison<int> ByDouble(Column column, double[] values, bool isDescending)
    {
        Validity? validity = column.Validity;
        return (left, right) =>
        {
            if (validity is not null && !(validity[left] && validity[right])) return validity[right].CompareTo(validity[left]);
            double a = values[left], b = values[right];
            if (a < b) return isDescending ? 1 : -1;
            if (a > b) return isDescending ? -1 : 1;
            return double.IsNaN(a).CompareTo(double.IsNaN(b));
        };
    }
}
