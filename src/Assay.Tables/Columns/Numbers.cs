namespace Assay.Tables;

/// <summary>Which conversions between numbers lose nothing, and what stands in the place of a null.</summary>
internal static class Numbers
{
    /// <summary>Up to here every whole number is a double of its own.</summary>
    public const long LargestExact = 1L << 53;

    public static bool IsExact(long value) => value is >= -LargestExact and <= LargestExact;

    /// <summary>What a span shows where the value is null: a NaN cannot be mistaken for a measurement, a zero can.</summary>
    public static T Absent<T>() => typeof(T) == typeof(double) ? (T)(object)double.NaN : default!;

    /// <summary>Puts what stands for a null where one is: files may hold anything there.</summary>
    public static void ClearNulls<T>(Span<T> values, Validity? validity)
    {
        if (validity is null) return;
        T absent = Absent<T>();
        for (int i = 0; i < values.Length; i++)
            if (!validity[i]) values[i] = absent;
    }

    /// <summary>Whether every null has what stands for one.</summary>
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
