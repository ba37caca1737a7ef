namespace Assay.Analysis;

/// <summary>
/// Figures of results: as those of <see cref="TableFigures"/>, a row for each run, with columns by any name that a condition may use, such
/// as <c>LearningRate</c> or <c>metrics.loss</c>. Runs that failed have no metrics and are left out; of metrics over steps the last value
/// counts.
/// </summary>
public static class ResultsFigures
{
    /// <summary>Lines of the mean of a metric over a parameter, with bars for its interval.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="x">The name along the x axis: numbers, times or texts.</param>
    /// <param name="y">The metric.</param>
    /// <param name="color">What has a colour and shape each; null for one line.</param>
    /// <param name="options">Bars, facets, title. Default: intervals of 95 %.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public static Figure PlotMetric(this Results results, string x, string y, string? color = null, PlotOptions? options = null) =>
        Columns(results, [x, y, color], options).PlotMetric(x, y, color, options);

    /// <summary>As <see cref="TableFigures.PlotMetrics"/>: a panel for each metric, side by side.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="x">The name along the x axis.</param>
    /// <param name="y">The metrics, at least one.</param>
    /// <param name="color">What has a colour and shape each; null for one line.</param>
    /// <param name="options">Bars and title.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public static Figure PlotMetrics(
        this Results results, string x, IReadOnlyList<string> y, string? color = null, PlotOptions? options = null) =>
        Columns(results, [x, color, .. y ?? []], options).PlotMetrics(x, y!, color, options);

    /// <summary>A colour for each pair of values of two names: an aggregate of the runs with both.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="x">The name along the x axis.</param>
    /// <param name="y">The name along the y axis.</param>
    /// <param name="value">What colours a cell, such as <c>Aggregate.Max("accuracy")</c>.</param>
    /// <param name="options">The title.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public static Figure PlotHeatmap(this Results results, string x, string y, Aggregate value, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Columns(results, [x, y, value.Column], options).PlotHeatmap(x, y, value, options);
    }

    /// <summary>As the other one, coloured by the mean of a metric.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="x">The name along the x axis.</param>
    /// <param name="y">The name along the y axis.</param>
    /// <param name="value">The metric.</param>
    /// <param name="options">The title.</param>
    /// <exception cref="AssayException">No run has such a name, or it means several values of one.</exception>
    public static Figure PlotHeatmap(this Results results, string x, string y, string value, PlotOptions? options = null) =>
        PlotHeatmap(results, x, y, Aggregate.Mean(value), options);

    /// <summary>
    /// Learning curves: the mean of a stepped metric at each step over the runs of each colour, with a band for its interval.
    /// </summary>
    /// <param name="results">The runs.</param>
    /// <param name="metric">The metric, as in <see cref="Results.Series"/>.</param>
    /// <param name="by">What has a colour each, such as a parameter, or <c>run_id</c> for each run; null for one curve.</param>
    /// <param name="options">Bands, facets, title.</param>
    /// <exception cref="AssayException">No run recorded the metric over steps, or has such a name.</exception>
    public static Figure PlotSeries(this Results results, string metric, string? by = null, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        Table curves = results.Series(metric);
        if (curves.RowCount == 0)
            curves = Table.FromColumns(Column.Of<long>("step", []), Column.Of<double>("value", []), Column.Of<string>("run_id", []));
        string?[] asked = [by, options?.FacetRow, options?.FacetColumn];
        string[] names = [.. asked.OfType<string>().Distinct().Where(name => !curves.Contains(name))];
        if (names.Length > 0)
        {
            Table runs = Table.FromColumns([.. names.Select(results.Values), results.Fact("id").Rename("run_id")]);
            curves = curves.Join(runs, "run_id", JoinKind.Left);
        }

        // The axis is named after the metric.
        return curves.Contains(metric) || metric == "value"
            ? curves.PlotSeries("value", by, options: options)
            : curves.Rename("value", metric).PlotSeries(metric, by, options: options);
    }

    // The columns under the names that are asked for.
    private static Table Columns(Results results, string?[] names, PlotOptions? options)
    {
        ArgumentNullException.ThrowIfNull(results);
        string[] asked = [.. names.Append(options?.FacetRow).Append(options?.FacetColumn).OfType<string>().Distinct()];
        return Table.FromColumns(asked.Select(results.Values));
    }
}
