using System.Globalization;

namespace Assay;

/// <summary>Runs with equal values of some fields, and statistics over the successful ones.</summary>
internal sealed class RunGroup
{
    public required object?[] Key { get; init; }

    public required int Successful { get; init; }

    public required int NotSuccessful { get; init; }

    public required IReadOnlyDictionary<string, MetricStatistics> Metrics { get; init; }

    /// <summary>The groups in the order of their first runs.</summary>
    public static IReadOnlyList<RunGroup> Of(Results runs, string[] groupBy) => runs.OnColumns((catalog, rows) => new RunGrouping(catalog, rows, groupBy).Groups());
}

/// <summary>Count, mean and sample standard deviation (n − 1); the deviation of a single value is undefined and null, never zero.</summary>
internal sealed record MetricStatistics(int Count, double Mean, double? StandardDeviation)
{
    /// <summary>Two passes: the plain textbook formula loses all digits when the mean is large against the spread.</summary>
    public static MetricStatistics Of(IReadOnlyList<double> values)
    {
        double mean = MeanOf(values);
        if (values.Count < 2) return new MetricStatistics(values.Count, mean, null);
        double squares = values.Sum(v => (v - mean) * (v - mean));
        return new MetricStatistics(values.Count, mean, Math.Sqrt(squares / (values.Count - 1)));
    }

    /// <summary>
    /// The mean, counted from the first value: what is equal has itself as its mean, and no spread. Where that overflows, or something is not finite, as the plain sum.
    /// </summary>
    public static double MeanOf(IReadOnlyList<double> values)
    {
        double mean = values[0] + (values.Sum(v => v - values[0]) / values.Count);
        return double.IsFinite(mean) ? mean : values.Average();
    }

    /// <summary>For example <c>0.9533 ± 0.0211</c>, with the number of values when it may surprise.</summary>
    public override string ToString() => StandardDeviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{Mean:G5} ± {deviation:G3}")
        : Mean.ToString("G5", CultureInfo.InvariantCulture);
}
