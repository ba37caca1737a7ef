namespace Assay.Analysis;

/// <summary>
/// Statistics over runs. Names are those of <see cref="Results.Filter(object)"/>; the runs that succeeded count, and the others are told.
/// </summary>
public static class ResultsStatistics
{
    /// <summary>
    /// Means of groups of runs with their intervals, as <see cref="TableStatistics.Intervals"/> gives them, for example
    /// <c>results.Intervals("accuracy", by: ["LearningRate"])</c>.
    /// </summary>
    /// <param name="results">The runs.</param>
    /// <param name="metric">The name of a number, boolean or duration (in seconds).</param>
    /// <param name="by">
    /// The names to group by. Default: what was varied, as in <see cref="Results.Stats(IEnumerable{string}, IEnumerable{string})"/>.
    /// </param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <param name="method">Default: by the values, see <see cref="IntervalMethod.Auto"/>.</param>
    /// <param name="cluster">The name that tells which runs belong together. Default: all are independent.</param>
    /// <param name="resampling">Samples and seed of a bootstrap. Default: 2,000 samples, seed 0.</param>
    /// <exception cref="AssayException">No run has such a name (the message names the nearest), or it means several values.</exception>
    /// <exception cref="TableException">The metric is no number in some run.</exception>
    /// <exception cref="ArgumentException">The confidence or the method does not fit.</exception>
    public static Table Intervals(
        this Results results, string metric, IEnumerable<string>? by = null, double confidence = 0.95,
        IntervalMethod method = IntervalMethod.Auto, string? cluster = null, Resampling? resampling = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        by ??= Varied(results);
        bool[] failed = NotSuccessful(results);
        return new IntervalTable(Columns(results, by), Metric(results, metric, failed))
        {
            Confidence = confidence,
            Method = method,
            Clusters = cluster is null ? null : ClusterOf(results, cluster),
            NotSuccessful = Column.Of("not_successful", failed),
            Resampling = resampling ?? Resampling.Default,
        }.Build();
    }

    /// <summary>
    /// Compares two settings, for example <c>results.Compare("accuracy", "Hidden", a: 4, b: 16, pairedBy: ["LearningRate", "seed"])</c>.
    /// </summary>
    /// <param name="results">The runs.</param>
    /// <param name="metric">The name of a number, boolean or duration (in seconds).</param>
    /// <param name="setting">The name of the settings, such as a parameter.</param>
    /// <param name="a">The first setting. 1 and 1.0 are equal.</param>
    /// <param name="b">The second one.</param>
    /// <param name="pairedBy">
    /// The names whose values partners share; <c>seed</c> means the base seed and the replicate. A run without a partner is left out and
    /// told. Default: no pairs.
    /// </param>
    /// <param name="test">Default: see <see cref="ComparisonTest.Auto"/>.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <param name="resampling">Samples and seed of a permutation. Default: 10,000 samples, seed 0.</param>
    /// <param name="cluster">
    /// The name of what belongs together and is no independent evidence, such as <c>seed</c> (the base seed and the replicate) where one
    /// seed is shared by several points: pairs of one cluster, or without pairs the runs of one, count once, with their mean. Default:
    /// everything is independent.
    /// </param>
    /// <exception cref="AssayException">No run has such a name (the message names the nearest), or it means several values.</exception>
    /// <exception cref="TableException">
    /// No run has a setting, the metric is no number in some run, or several runs of one setting share what partners share.
    /// </exception>
    /// <exception cref="ArgumentException">The confidence or the test does not fit.</exception>
    public static Comparison Compare(
        this Results results, string metric, string setting, object? a, object? b, IEnumerable<string>? pairedBy = null,
        ComparisonTest test = ComparisonTest.Auto, double confidence = 0.95, Resampling? resampling = null, string? cluster = null) =>
        Comparing(results, metric, setting, pairedBy, test, confidence, resampling, cluster).Compare(a, b);

    /// <summary>
    /// Compares all pairs of settings, the smaller one first; their p-values are also given corrected for the number of pairs
    /// (<see cref="Comparison.AdjustedPValue"/>). Runs without a setting are left out.
    /// </summary>
    /// <inheritdoc cref="Compare"/>
    public static IReadOnlyList<Comparison> CompareAll(
        this Results results, string metric, string setting, IEnumerable<string>? pairedBy = null,
        ComparisonTest test = ComparisonTest.Auto, double confidence = 0.95, Resampling? resampling = null, string? cluster = null) =>
        Comparing(results, metric, setting, pairedBy, test, confidence, resampling, cluster).CompareAll();

    /// <summary>
    /// Rank correlations of parameters and metrics over the runs that succeeded, as <see cref="TableStatistics.Correlations"/>.
    /// </summary>
    /// <param name="results">The runs.</param>
    /// <param name="x">Names. Default: what was varied.</param>
    /// <param name="y">Names. Default: all metrics that are numbers.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <exception cref="AssayException">No run has such a name (the message names the nearest), or it means several values.</exception>
    /// <exception cref="ArgumentException">The confidence is out of range.</exception>
    public static Table Correlations(
        this Results results, IEnumerable<string>? x = null, IEnumerable<string>? y = null, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(results);
        Results successful = results.Successful;
        x ??= Varied(successful);
        y ??= successful.Stats(by: [], metrics: (IEnumerable<string>?)null) is [var all, ..] ? all.Metrics.Keys : [];
        return CorrelationTable.Of(Columns(successful, x), Columns(successful, y), confidence);
    }

    /// <summary>The runs that succeeded and that no other surpasses, as <see cref="TableStatistics.Pareto"/>.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="objectives">At least one, of numbers or durations.</param>
    /// <exception cref="AssayException">No run has such a name (the message names the nearest), or it means several values.</exception>
    /// <exception cref="TableException">A metric is no number in some run.</exception>
    /// <exception cref="ArgumentException">There is no objective.</exception>
    public static Results Pareto(this Results results, params IReadOnlyList<Objective> objectives)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(objectives);
        Results successful = results.Successful;
        IReadOnlyList<int> front = TableStatistics.Front([.. objectives.Select(o => successful.Values(o.Metric))], objectives);
        HashSet<string> ids = [.. front.Select(place => successful[place].Id)];
        return successful.Filter(run => ids.Contains(run.Id));
    }

    /// <summary>The standard deviation between replicates, as <see cref="TableStatistics.PooledStandardDeviation"/>.</summary>
    /// <param name="results">The runs; those that succeeded count.</param>
    /// <param name="metric">The name of a number, boolean or duration (in seconds).</param>
    /// <param name="by">The names to group by. Default: what was varied, so that a group holds the replicates of a point.</param>
    /// <exception cref="AssayException">No run has such a name (the message names the nearest), or it means several values.</exception>
    /// <exception cref="TableException">The metric is no number in some run.</exception>
    public static double? PooledStandardDeviation(this Results results, string metric, IEnumerable<string>? by = null) =>
        TableStatistics.Pooled(results.Intervals(metric, by, method: IntervalMethod.T));

    /// <summary>The names of what was varied.</summary>
    internal static IEnumerable<string> Varied(Results results) =>
        results.Stats(by: (IEnumerable<string>?)null, metrics: []) is [var first, ..] ? first.Key.Keys : [];

    private static ComparisonTable Comparing(
        Results results, string metric, string setting, IEnumerable<string>? pairedBy, ComparisonTest test, double confidence,
        Resampling? resampling, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new ComparisonTable(results.Values(setting), Metric(results, metric, NotSuccessful(results)))
        {
            PairedBy = pairedBy is null ? null : Partners(results, pairedBy),
            Test = test,
            Confidence = confidence,
            Resampling = resampling ?? Resampling.Default,
            Clusters = cluster is null ? null : ClusterOf(results, cluster),
            Unit = "run",
        };
    }

    private static Column[] Partners(Results results, IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal)
        .SelectMany(name => IsSeed(name) ? [results.Fact("seed"), results.Fact("replicate")] : new[] { results.Values(name) })];

    // The seeds of one plan have one base, so the replicate belongs to a seed.
    private static Column ClusterOf(Results results, string name)
    {
        if (!IsSeed(name)) return results.Values(name);
        (Column seeds, Column replicates) = (results.Fact("seed"), results.Fact("replicate"));
        return Column.Of(name, Enumerable.Range(0, seeds.Count).Select(i => seeds.IsNull(i) ? null : $"{seeds[i]}/{replicates[i]}"));
    }

    private static bool IsSeed(string name) => name.Trim().Equals("seed", StringComparison.OrdinalIgnoreCase);

    private static Column[] Columns(Results results, IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Select(results.Values)];

    internal static bool[] NotSuccessful(Results results)
    {
        Results successful = results.Successful;
        if (successful.Count == results.Count) return new bool[results.Count];
        HashSet<UInt128> ids = [.. successful.ReadIds()];
        return [.. results.ReadIds().Select(id => !ids.Contains(id))];
    }

    /// <summary>The numbers of the runs that succeeded.</summary>
    private static Column Metric(Results results, string name, bool[] failed)
    {
        Column column = results.Values(name);
        return NumericColumn.Of(failed.Contains(true)
            ? Column.Of(name, Enumerable.Range(0, failed.Length).Select(i => failed[i] ? null : column[i]))
            : column);
    }
}
