namespace Assay;

/// <summary>
/// Statistics of single columns of numbers or booleans (true counts 1). Nulls are left out; a NaN makes the result NaN. Aggregates of
/// groups and of other types: <see cref="Table.GroupBy"/>.
/// </summary>
public static class ColumnStatistics
{
    /// <summary>The sum, or null without values.</summary>
    /// <exception cref="TableException">The column is not numeric. So for every method here.</exception>
    public static double? Sum(this Column column) => Present(column) is { Length: > 0 } values ? Statistics.Sum(values) : null;

    /// <summary>The mean, or null without values.</summary>
    public static double? Mean(this Column column) => Statistics.Mean(Present(column));

    /// <summary>The sample standard deviation (divided by n − 1), or null below two values.</summary>
    public static double? StandardDeviation(this Column column) => Statistics.StandardDeviation(Present(column));

    /// <summary>The smallest value, or null without values.</summary>
    public static double? Min(this Column column) => Present(column) is { Length: > 0 } values ? Extreme(values, Math.Min) : null;

    /// <summary>The largest value, or null without values.</summary>
    public static double? Max(this Column column) => Present(column) is { Length: > 0 } values ? Extreme(values, Math.Max) : null;

    /// <summary>The middle value, or the mean of the two in the middle; null without values.</summary>
    public static double? Median(this Column column) => Quantile(column, 0.5);

    /// <summary>The quantile by linear interpolation between neighbours (R's type 7), or null without values.</summary>
    /// <param name="column">The column.</param>
    /// <param name="q">From 0, the minimum, to 1, the maximum.</param>
    public static double? Quantile(this Column column, double q) =>
        q is >= 0 and <= 1
            ? Statistics.Quantile(Present(column), q)
            : throw new ArgumentOutOfRangeException(nameof(q), q, "A quantile lies between 0 and 1.");

    // Math.Min and Math.Max keep a NaN, Enumerable.Max drops it.
    private static double Extreme(double[] values, Func<double, double, double> better) => values.Aggregate(better);

    private static double[] Present(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        ReadOnlySpan<double> values = column.AsDoubles();
        if (column.Validity is not { } validity) return values.ToArray();
        var present = new double[column.Count - column.NullCount];
        int count = 0;
        for (int i = 0; i < values.Length; i++)
            if (validity[i]) present[count++] = values[i];
        return present;
    }
}
