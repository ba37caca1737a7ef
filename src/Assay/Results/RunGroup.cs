using System.Globalization;

namespace Assay;

/// <summary>Runs with equal values of some fields, and statistics over the successful ones.</summary>
internal sealed class RunGroup
{
    private readonly OrderedDictionary<string, List<double>> _values = new(StringComparer.Ordinal);

    public required object?[] Key { get; init; }

    public int Successful { get; private set; }

    public int NotSuccessful { get; private set; }

    public IReadOnlyDictionary<string, MetricStatistics> Metrics { get; private set; } = new Dictionary<string, MetricStatistics>();

    /// <summary>The groups in the order of their first runs.</summary>
    public static IReadOnlyList<RunGroup> Of(IEnumerable<RunRecord> runs, string[] groupBy)
    {
        var groups = new OrderedDictionary<string, RunGroup>(StringComparer.Ordinal);
        foreach (RunRecord run in runs)
        {
            object?[] key = [.. groupBy.Select(name => FieldNames.TryGet(run, name, out object? value) ? value : null)];
            string text = JsonValues.Plain(key).ToString();
            if (!groups.TryGetValue(text, out RunGroup? group)) groups.Add(text, group = new RunGroup { Key = key });
            group.Add(run, groupBy);
        }

        foreach (RunGroup group in groups.Values)
            group.Metrics = group._values.ToDictionary(v => v.Key, v => MetricStatistics.Of(v.Value), StringComparer.Ordinal);
        return [.. groups.Values];
    }

    private void Add(RunRecord run, string[] groupBy)
    {
        if (run.Status != RunStatus.Success)
        {
            NotSuccessful++;
            return;
        }

        Successful++;
        foreach ((string name, object? value) in run.Metrics)
        {
            if (groupBy.Contains(name, StringComparer.Ordinal) || !FieldNames.TryNumber(value, out double number)) continue;
            if (!_values.TryGetValue(name, out List<double>? list)) _values.Add(name, list = []);
            list.Add(number);
        }
    }
}

/// <summary>Count, mean and sample standard deviation (n − 1); the deviation of a single value is undefined and null, never zero.</summary>
internal sealed record MetricStatistics(int Count, double Mean, double? StandardDeviation)
{
    /// <summary>Two passes: the plain textbook formula loses all digits when the mean is large against the spread.</summary>
    public static MetricStatistics Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        if (values.Count < 2) return new MetricStatistics(values.Count, mean, null);
        double squares = values.Sum(v => (v - mean) * (v - mean));
        return new MetricStatistics(values.Count, mean, Math.Sqrt(squares / (values.Count - 1)));
    }

    /// <summary>For example <c>0.9533 ± 0.0211</c>, with the number of values when it may surprise.</summary>
    public override string ToString() => StandardDeviation is { } deviation
        ? string.Create(CultureInfo.InvariantCulture, $"{Mean:G5} ± {deviation:G3}")
        : Mean.ToString("G5", CultureInfo.InvariantCulture);
}
