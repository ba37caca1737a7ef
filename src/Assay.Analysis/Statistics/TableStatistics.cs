namespace Assay.Analysis;

/// <summary>Statistics over the columns of tables. Nulls are left out and told; NaN is a value. Nothing is written anywhere.</summary>
public static class TableStatistics
{
    /// <summary>
    /// Means of groups of rows with their intervals: the columns to group by, then <c>mean, std, lower_bound, upper_bound, count,
    /// confidence, method</c>, <c>clusters</c> where there are any, and <c>note</c> where something has to be told, such as why there are
    /// no bounds. Groups are in the order of their first rows.
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
    /// <param name="cluster">
    /// The column of what belongs together and is no independent evidence: pairs of one cluster, or without pairs the rows of one, count
    /// once, with their mean. Default: everything is independent.
    /// </param>
    /// <exception cref="TableException">
    /// There is no such column (the message names the nearest) or setting, a column holds something else, or several rows of one setting
    /// share what partners share.
    /// </exception>
    /// <exception cref="ArgumentException">The confidence or the test does not fit.</exception>
    public static Comparison Compare(
        this Table table, string metric, string setting, object? a, object? b, IEnumerable<string>? pairedBy = null,
        ComparisonTest test = ComparisonTest.Auto, double confidence = 0.95, Resampling? resampling = null, string? cluster = null) =>
        Comparing(table, metric, setting, pairedBy, test, confidence, resampling, cluster).Compare(a, b);

    /// <summary>
    /// Compares all pairs of settings, the smaller one first; their p-values are also given corrected for the number of pairs
    /// (<see cref="Comparison.AdjustedPValue"/>). Rows without a setting are left out.
    /// </summary>
    /// <inheritdoc cref="Compare"/>
    public static IReadOnlyList<Comparison> CompareAll(
        this Table table, string metric, string setting, IEnumerable<string>? pairedBy = null,
        ComparisonTest test = ComparisonTest.Auto, double confidence = 0.95, Resampling? resampling = null, string? cluster = null) =>
        Comparing(table, metric, setting, pairedBy, test, confidence, resampling, cluster).CompareAll();

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

    /// <summary>
    /// Rank correlations of all pairs of columns: <c>x, y, count, spearman, lower_bound, upper_bound, p_value, p_adjusted</c> (Holm, over
    /// all pairs), <c>kendall, kendall_p_value</c>, and <c>note</c> where something has to be told. See <see cref="RankCorrelation"/>.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="x">Columns, such as parameters. One that holds no numbers gets a note.</param>
    /// <param name="y">Columns, such as metrics.</param>
    /// <param name="confidence">More than 0 and less than 1. Default: 0.95.</param>
    /// <exception cref="TableException">There is no such column; the message names the nearest.</exception>
    /// <exception cref="ArgumentException">The confidence is out of range.</exception>
    public static Table Correlations(this Table table, IEnumerable<string> x, IEnumerable<string> y, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return CorrelationTable.Of(Columns(table, x), Columns(table, y), confidence);
    }

    /// <summary>
    /// The rows that no other surpasses, for example <c>table.Pareto(Objective.Max("accuracy"), Objective.Min("cost"))</c>; see
    /// <see cref="ParetoFront"/>. A row without a number, or with NaN, is not among them.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="objectives">At least one.</param>
    /// <exception cref="TableException">There is no such column (the message names the nearest), or it holds no numbers.</exception>
    /// <exception cref="ArgumentException">There is no objective.</exception>
    public static Table Pareto(this Table table, params IReadOnlyList<Objective> objectives)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(objectives);
        return table.TakeRows([.. Front([.. objectives.Select(o => NumericColumn.Find(table, o.Metric))], objectives)]);
    }

    /// <summary>
    /// The standard deviation within groups, pooled over them: √(Σ(n − 1)s² / Σ(n − 1)). What <see cref="Power"/> takes. Null where no
    /// group has two values.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="metric">A column of numbers, booleans (true is 1) or durations (in seconds).</param>
    /// <param name="by">The columns to group by, such as all parameters but the seed. Default: none, and all rows are one group.</param>
    /// <exception cref="TableException">There is no such column (the message names the nearest), or it holds something else.</exception>
    public static double? PooledStandardDeviation(this Table table, string metric, IEnumerable<string>? by = null) =>
        Pooled(table.Intervals(metric, by, method: IntervalMethod.T));

    internal static double? Pooled(Table intervals)
    {
        double squares = 0, freedom = 0;
        Column deviations = intervals["std"], counts = intervals["count"];
        var magnitude = Magnitude.Of(NumericColumn.Present(deviations));
        for (int i = 0; i < intervals.RowCount; i++)
        {
            if (deviations.IsNull(i)) continue;
            double ofGroup = counts.AsInt64s()[i] - 1;
            double scaled = Math.ScaleB(deviations.AsDoubles()[i], -magnitude.Exponent);
            squares += ofGroup * scaled * scaled;
            freedom += ofGroup;
        }

        return freedom == 0 ? null : magnitude.Restore(Math.Sqrt(squares / freedom));
    }

    internal static IReadOnlyList<int> Front(IReadOnlyList<Column> columns, IReadOnlyList<Objective> objectives) =>
        ParetoFront.Of([.. columns.Select(c => NumericColumn.Of(c).AsDoubles().ToArray())], [.. objectives.Select(o => o.Maximize)]);

    internal static Column[] Columns(Table table, IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Select(name => NumericColumn.Find(table, name))];

    private static ComparisonTable Comparing(
        Table table, string metric, string setting, IEnumerable<string>? pairedBy, ComparisonTest test, double confidence,
        Resampling? resampling, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new ComparisonTable(NumericColumn.Find(table, setting), NumericColumn.Of(NumericColumn.Find(table, metric)))
        {
            PairedBy = pairedBy is null ? null : Columns(table, pairedBy),
            Test = test,
            Confidence = confidence,
            Resampling = resampling ?? Resampling.Default,
            Clusters = cluster is null ? null : NumericColumn.Find(table, cluster),
        };
    }
}
