using System.Globalization;

namespace Assay;

/// <summary>Runs with equal values of some fields, and statistics over the successful ones.</summary>
internal sealed class RunGroup
{
    public required object?[] Key { get; init; }

    public required int Successful { get; init; }

    public required int NotSuccessful { get; init; }

    /// <summary>By name, in the order in which runs recorded them.</summary>
    public required IReadOnlyDictionary<string, MetricStatistics> Metrics { get; init; }

    /// <summary>The groups in the order of their first runs.</summary>
    public static IReadOnlyList<RunGroup> Of(Results runs, string[] groupBy) =>
        runs.OnColumns((catalog, rows) => new RunGrouping(catalog, rows, groupBy).Groups());
}

/// <summary>Count, mean and sample standard deviation (n − 1); the deviation of a single value is undefined and null, never zero.</summary>
internal sealed record MetricStatistics(int Count, double Mean, double? StandardDeviation)
{
    /// <summary>For example <c>0.9533 ± 0.0211</c>.</summary>
    public override string ToString() => StandardDeviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{Mean:G5} ± {deviation:G3}")
        : Mean.ToString("G5", CultureInfo.InvariantCulture);
}
