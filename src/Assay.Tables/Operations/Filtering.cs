namespace Assay.Tables;

/// <summary>Rows whose value equals a given one.</summary>
internal static class Filtering
{
    public static int[] Matching(Column column, object? value)
    {
        if (value is null) return Rows(column.Count, column.IsNull);
        var builder = new ColumnBuilder("value");
        builder.AddObject(value is decimal number && IsWhole(number) ? (long)number : value);
        Column probe = builder.Build();
        if (probe.IsNull(0)) return Rows(column.Count, column.IsNull);
        bool bothNumbers = ExactNumber.IsNumber(column) && ExactNumber.IsNumber(probe);
        if (column.Type != probe.Type) return bothNumbers ? Equal(column, ExactNumber.All(column), ExactNumber.All(probe)[0]) : [];
        return column.Type switch
        {
            ColumnType.Boolean => Equal(column, column.AsBooleans(), probe.AsBooleans()[0]),
            ColumnType.Int64 => Equal(column, column.AsInt64s(), probe.AsInt64s()[0]),
            ColumnType.Double => Equal(column, column.AsDoubles(), probe.AsDoubles()[0]),
            ColumnType.Timestamp => Equal(column, column.AsTimestamps(), probe.AsTimestamps()[0]),
            ColumnType.Duration => Equal(column, column.AsDurations(), probe.AsDurations()[0]),
            _ when column is IDictionaryCodes coded => Equal(coded.Codes, probe.AsStrings()[0]!),
            _ => Equal(column, column.AsStrings(), probe.AsStrings()[0]),
        };
    }

    // As a double, a decimal of many digits would be another number.
    private static bool IsWhole(decimal number) => number is >= long.MinValue and <= long.MaxValue && number == decimal.Truncate(number);

    private static int[] Rows(int count, Func<int, bool> keep) => Enumerable.Range(0, count).Where(keep).ToArray();

    private static int[] Equal(TextCodes codes, string wanted)
    {
        int code = Array.IndexOf(codes.Entries, wanted);
        if (code < 0) return [];
        var rows = new List<int>();
        ReadOnlySpan<int> numbers = codes.Codes.Span;
        for (int i = 0; i < numbers.Length; i++)
            if (numbers[i] == code && (codes.Validity is not { } validity || validity[i])) rows.Add(i);
        return [.. rows];
    }

    // Equals rather than ==: NaN is found like any other value.
    private static int[] Equal<T>(Column column, ReadOnlySpan<T> values, T wanted)
    {
        var rows = new List<int>();
        for (int i = 0; i < values.Length; i++)
            if (EqualityComparer<T>.Default.Equals(values[i], wanted) && !column.IsNull(i)) rows.Add(i);
        return [.. rows];
    }
}

/// <summary>
/// A number by its value, whichever type holds it: whole ones within 64 bits as such, all others as doubles. Two are equal exactly when the
/// numbers are; NaN equals NaN.
/// </summary>
internal readonly record struct ExactNumber(long Whole, double Rest)
{
    // 2^63, the first double beyond a whole number of 64 bits.
    private const double Beyond = 9223372036854775808.0;

    public static ExactNumber Of(long value) => new(value, 0);

    public static ExactNumber Of(double value) => value is >= -Beyond and < Beyond && value == Math.Truncate(value)
        ? new((long)value, 0)
        : new(0, value);

    public static bool IsNumber(Column column) => column.Type is ColumnType.Int64 or ColumnType.Double;

    /// <summary>The numbers of a column; undefined at nulls.</summary>
    public static ExactNumber[] All(Column column) => column.Type == ColumnType.Int64
        ? Array.ConvertAll(column.AsInt64s().ToArray(), Of)
        : Array.ConvertAll(column.AsDoubles().ToArray(), Of);
}
