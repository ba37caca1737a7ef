namespace Assay.Tables;

/// <summary>Copies a growing column into one of a wider type.</summary>
internal static class Widening
{
    public static ValueBuffer Empty(ColumnType type) => type switch
    {
        ColumnType.Boolean => new ValueBuffer<bool>(type),
        ColumnType.Int64 => new ValueBuffer<long>(type),
        ColumnType.Double => new ValueBuffer<double>(type),
        ColumnType.Timestamp => new ValueBuffer<DateTimeOffset>(type),
        ColumnType.Duration => new ValueBuffer<TimeSpan>(type),
        _ => new ValueBuffer<string?>(type),
    };

    public static ValueBuffer<double> ToDoubles(ValueBuffer<long> source) =>
        Copy(source, new ValueBuffer<double>(ColumnType.Double), value => value);

    public static ValueBuffer<string?> ToText(ValueBuffer source)
    {
        var text = new ValueBuffer<string?>(ColumnType.String);
        return source switch
        {
            ValueBuffer<bool> values => Copy(values, text, ValueText.Of),
            ValueBuffer<long> values => Copy(values, text, ValueText.Of),
            ValueBuffer<double> values => Copy(values, text, ValueText.Of),
            ValueBuffer<DateTimeOffset> values => Copy(values, text, ValueText.Of),
            ValueBuffer<TimeSpan> values => Copy(values, text, ValueText.Of),
            _ => Copy((ValueBuffer<string?>)source, text, value => value),
        };
    }

    private static ValueBuffer<TTo> Copy<TFrom, TTo>(ValueBuffer<TFrom> source, ValueBuffer<TTo> target, Func<TFrom, TTo> convert)
    {
        ReadOnlySpan<TFrom> values = source.Values;
        for (int i = 0; i < values.Length; i++)
            if (source.IsValid(i)) target.Add(convert(values[i]));
            else target.AddNulls(1);
        return target;
    }
}
