namespace Assay.Tables;

/// <summary>Lossless conversions between numbers, and the values at nulls.</summary>
internal static class Numbers
{
    /// <summary>Up to here every whole number is a double of its own.</summary>
    public const long LargestExact = 1L << 53;

    public static bool IsExact(long value) => value is >= -LargestExact and <= LargestExact;

    /// <summary>The value of a span at a null. NaN for doubles: a zero could be mistaken for a measurement.</summary>
    public static T Absent<T>() => typeof(T) == typeof(double) ? (T)(object)double.NaN : default!;

    /// <summary>Sets the values at nulls, where files may hold anything.</summary>
    public static void ClearNulls<T>(Span<T> values, Validity? validity)
    {
        if (validity is null) return;
        T absent = Absent<T>();
        for (int i = 0; i < values.Length; i++)
            if (!validity[i]) values[i] = absent;
    }

    /// <summary>Whether every value at a null is the one that a span has there.</summary>
    public static bool IsAbsentWhereNull<T>(ReadOnlySpan<T> values, Validity? validity)
    {
        if (validity is null) return true;
        T absent = Absent<T>();
        for (int i = 0; i < values.Length; i++)
            if (!validity[i] && !EqualityComparer<T>.Default.Equals(values[i], absent)) return false;
        return true;
    }

    /// <summary>A column of whole numbers or booleans as doubles.</summary>
    public static double[] ToDoubles(Column column)
    {
        double[] doubles = column.Type == ColumnType.Int64
            ? Array.ConvertAll(column.AsInt64s().ToArray(), value => (double)value)
            : Array.ConvertAll(column.AsBooleans().ToArray(), flag => flag ? 1.0 : 0);
        ClearNulls<double>(doubles, column.Validity);
        return doubles;
    }
}
