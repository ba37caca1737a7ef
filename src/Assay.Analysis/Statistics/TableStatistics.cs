namespace Assay.Analysis;

/// <summary>Statistics over the columns of tables. Nulls are left out and told; NaN is a value. Nothing is written anywhere.</summary>
public static class TableStatistics
{
    /// <summary>
    /// Means of groups of rows with their intervals: the columns to group by, then <c>mean, std, lower_bound, upper_bound, count,
    /// confidence, method</c>, <c>clusters</c> where there are any, and <c>note</c> where something has to be told, such as why there are no
    /// bounds. Groups are in the order of their first rows.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="metric">A column of numbers, booleans (true is 1) or durations (in seconds).</param>
    /// <param name="by">The columns to group by. Default: none, and all rows are one group.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <param name="method">Default: by the values, see <see cref="IntervalMethod.Auto"/>.</param>
    /// <param name="cluster">
    /// The column that tells which rows belong together, see <see cref="Interval.OfMean(ReadOnlySpan{double}, ReadOnlySpan{int}, double,
    /// IntervalMethod)"/>. Default: all rows are independent.
    /// </param>
    /// <param name="resampling">Samples and seed of a bootstrap. Default: 2,000 samples, seed 0.</param>
    /// <exception cref="TableException">There is no such column (the message names the nearest), or it holds something else.</exception>
    /// <exception cref="ArgumentException">The confidence or the method does not fit.</exception>
    public static Table Intervals(
        this Table table, string metric, IEnumerable<string>? by = null, double confidence = 0.95,
        IntervalMethod method = IntervalMethod.Auto, string? cluster = null, Resampling? resampling = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new IntervalTable(Columns(table, by ?? []), NumericColumn.Of(NumericColumn.Find(table, metric)))
        {
            Confidence = confidence,
            Method = method,
            Clusters = cluster is null ? null : NumericColumn.Find(table, cluster),
            Resampling = resampling ?? Resampling.Default,
        }.Build();
    }

    /// <summary>Compares two settings, for example <c>table.Compare("accuracy", "hidden", 4, 16, pairedBy: ["seed"])</c>.</summary>
    /// <param name="table">The table.</param>
    /// <param name="metric">A column of numbers, booleans (true is 1) or durations (in seconds).</param>
    /// <param name="setting">The column with the settings.</param>
    /// <param name="a">The first setting. 1 and 1.0 are equal.</param>
    /// <param name="b">The second one.</param>
    /// <param name="pairedBy">
    /// The columns whose values partners share; a row without a partner is left out and told. Default: no pairs.
    /// </param>
    /// <param name="test">Default: see <see cref="ComparisonTest.Auto"/>.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <param name="resampling">Samples and seed of a permutation. Default: 10,000 samples, seed 0.</param>
    /// <exception cref="TableException">
    /// There is no such column (the message names the nearest) or setting, a column holds something else, or several rows of one setting
    /// share what partners share.
    /// </exception>
    /// <exception cref="ArgumentException">The confidence or the test does not fit.</exception>
    public static Comparison Compare(
        this Table table, string metric, string setting, object? a, object? b, IEnumerable<string>? pairedBy = null,
        ComparisonTest test = ComparisonTest.Auto, double confidence = 0.95, Resampling? resampling = null) =>
        Comparing(table, metric, setting, pairedBy, test, confidence, resampling).Compare(a, b);

    /// <summary>
    /// Compares all pairs of settings, the smaller one first; their p-values are also given corrected for the number of pairs
    /// (<see cref="Comparison.AdjustedPValue"/>). Rows without a setting are left out.
    /// </summary>
    /// <inheritdoc cref="Compare"/>
    public static IReadOnlyList<Comparison> CompareAll(
        this Table table, string metric, string setting, IEnumerable<string>? pairedBy = null,
        ComparisonTest test = ComparisonTest.Auto, double confidence = 0.95, Resampling? resampling = null) =>
        Comparing(table, metric, setting, pairedBy, test, confidence, resampling).CompareAll();

    /// <summary>
    /// Comparisons as a table: <c>a, b, n, difference, lower_bound, upper_bound, p_value, p_adjusted, test, effect, effect_size</c>, and
    /// <c>note</c> where something has to be told.
    /// </summary>
    public static Table ToTable(this IEnumerable<Comparison> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        Comparison[] all = [.. comparisons];
        string?[] notes = [.. all.Select(c => c.Notes.Count == 0 ? null : string.Join("; ", c.Notes))];
        return Table.FromColumns(
        [
            Column.Of("a", all.Select(c => c.A)),
            Column.Of("b", all.Select(c => c.B)),
            Column.Of("n", all.Select(c => (long)c.Count)),
            Column.Of("difference", all.Select(c => c.Difference.Estimate)),
            Column.Of("lower_bound", all.Select(c => c.Difference.LowerBound)),
            Column.Of("upper_bound", all.Select(c => c.Difference.UpperBound)),
            Column.Of("p_value", all.Select(c => c.PValue)),
            Column.Of("p_adjusted", all.Select(c => c.AdjustedPValue)),
            Column.Of("test", all.Select(c => ComparisonTestText.Text(c.Test))),
            Column.Of("effect", all.Select(c => c.EffectSize is { } effect ? EffectMeasureText.Text(effect.Measure) : null)),
            Column.Of("effect_size", all.Select(c => c.EffectSize?.Value)),
            .. notes.All(n => n is null) ? [] : new[] { Column.Of("note", notes) },
        ]);
    }

    internal static Column[] Columns(Table table, IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Select(name => NumericColumn.Find(table, name))];

    private static ComparisonTable Comparing(
        Table table, string metric, string setting, IEnumerable<string>? pairedBy, ComparisonTest test, double confidence,
        Resampling? resampling)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new ComparisonTable(NumericColumn.Find(table, setting), NumericColumn.Of(NumericColumn.Find(table, metric)))
        {
            PairedBy = pairedBy is null ? null : Columns(table, pairedBy),
            Test = test,
            Confidence = confidence,
            Resampling = resampling ?? Resampling.Default,
        };
    }
}
