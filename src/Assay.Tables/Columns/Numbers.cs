namespace Assay.Tables;

/// <summary>Which conversions between numbers lose nothing, and what stands in the place of a null.</summary>
internal static class Numbers
{
    /// <summary>Up to here every whole number is a double of its own.</summary>
    public const long LargestExact = 1L << 53;

    public static bool IsExact(long value) => value is >= -LargestExact and <= LargestExact;

    /// <summary>What a span shows where the value is null: a NaN cannot be mistaken for a measurement, a zero can.</summary>
    public static T Absent<T>() => typeof(T) == typeof(double) ? (T)(object)double.NaN : default!;

    public static double[] ToDoubles(Column column)
    {
        var doubles = new double[column.Count];
        if (column.Type == ColumnType.Int64)
        {
            ReadOnlySpan<long> values = column.AsInt64s();
            for (int i = 0; i < doubles.Length; i++) doubles[i] = values[i];
        }
        else
        {
            ReadOnlySpan<bool> values = column.AsBooleans();
            for (int i = 0; i < doubles.Length; i++) doubles[i] = values[i] ? 1 : 0;
        }

        if (column.Validity is { } validity)
            for (int i = 0; i < doubles.Length; i++)
                if (!validity[i]) doubles[i] = double.NaN;
        return doubles;
    }
}
