namespace Assay.Tables;

/// <summary>Whether a row's value takes the place of the smallest or largest so far. NaN takes it and keeps it.</summary>
internal static class Extremes
{
    public static Func<int, int, bool> Replaces(Column column, bool isMax) => column.Type switch
    {
        ColumnType.Boolean => By(column.AsBooleans().ToArray(), (a, b) => a.CompareTo(b), isMax),
        ColumnType.Int64 => By(column.AsInt64s().ToArray(), (a, b) => a.CompareTo(b), isMax),
        ColumnType.Double => ByDouble(column.AsDoubles().ToArray(), isMax),
        ColumnType.Timestamp => By(column.AsTimestamps().ToArray(), (a, b) => a.CompareTo(b), isMax),
        ColumnType.Duration => By(column.AsDurations().ToArray(), (a, b) => a.CompareTo(b), isMax),
        _ => By(column.AsStrings().ToArray(), string.CompareOrdinal, isMax),
    };

    private static Func<int, int, bool> By<T>(T[] values, Comparison<T> compare, bool isMax) => isMax
        ? (best, row) => compare(values[row], values[best]) > 0
        : (best, row) => compare(values[row], values[best]) < 0;

    private static Func<int, int, bool> ByDouble(double[] values, bool isMax) => (best, row) =>
        !double.IsNaN(values[best]) && (double.IsNaN(values[row]) || (isMax ? values[row] > values[best] : values[row] < values[best]));
}
