namespace Assay.Tables;

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
