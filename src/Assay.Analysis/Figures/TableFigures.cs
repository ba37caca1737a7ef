using Assay.Analysis.Figures;

namespace Assay.Analysis;

/// <summary>
/// Figures of the columns of a table. A row without a value where one is needed is left out, and the caption counts it; a table without
/// rows gives a figure that says so.
/// </summary>
public static class TableFigures
{
    /// <summary>
    /// Lines of the mean of a metric over a parameter, with bars for its interval: one line for each colour.
    /// </summary>
    /// <param name="table">The table, for example a row for each run.</param>
    /// <param name="x">The column along the x axis: numbers, times or names.</param>
    /// <param name="y">The column of numbers or booleans whose mean is drawn.</param>
    /// <param name="color">A column whose values have a colour and shape each; null for one line.</param>
    /// <param name="options">Bars, facets, title. Default: intervals of 95 %.</param>
    /// <exception cref="TableException">There is no such column, or y holds no numbers.</exception>
    public static Figure PlotMetric(this Table table, string x, string y, string? color = null, PlotOptions? options = null) =>
        MetricFigure.Of(table, x, [y], color, options ?? PlotOptions.Default, band: false);

    /// <summary>As <see cref="PlotMetric"/> for several metrics, a panel for each, side by side over one x axis.</summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column along the x axis.</param>
    /// <param name="y">The columns whose means are drawn.</param>
    /// <param name="color">A column whose values have a colour and shape each; null for one line.</param>
    /// <param name="options">Bars and title; facets are refused, because the panels are the metrics.</param>
    /// <exception cref="TableException">There is no such column, or one holds no numbers.</exception>
    /// <exception cref="ArgumentException">There is no metric, or facets are asked for.</exception>
    public static Figure PlotMetrics(
        this Table table, string x, IReadOnlyList<string> y, string? color = null, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (y.Count == 0) throw new ArgumentException("There is no metric to plot; expected at least one column.", nameof(y));
        if (options is { FacetRow: not null } or { FacetColumn: not null })
            throw new ArgumentException(
                "Several metrics have a panel each; expected no facets. Plot one metric for facets.", nameof(options));
        return MetricFigure.Of(table, x, y, color, options ?? PlotOptions.Default, band: false);
    }

    /// <summary>
    /// Curves over steps: the mean at each step with a band for its interval, for each colour. Of a table such as that of
    /// <see cref="Results.Series"/>.
    /// </summary>
    /// <param name="table">The table, with a row for each step of each run.</param>
    /// <param name="value">The column of values. Default: value.</param>
    /// <param name="by">A column whose values have a colour each, such as a parameter or run_id; null for one curve.</param>
    /// <param name="step">The column along the x axis. Default: step.</param>
    /// <param name="options">Bands, facets, title.</param>
    /// <exception cref="TableException">There is no such column, or the values are no numbers.</exception>
    public static Figure PlotSeries(
        this Table table, string value = "value", string? by = null, string step = "step", PlotOptions? options = null) =>
        MetricFigure.Of(table, step, [value], by, options ?? PlotOptions.Default, band: true);

    /// <summary>A colour for each pair of values of two columns: an aggregate of the rows with both.</summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column along the x axis; each value is a category.</param>
    /// <param name="y">The column along the y axis.</param>
    /// <param name="value">What colours a cell, such as <c>Aggregate.Max("accuracy")</c>. Values that are not finite are left out.</param>
    /// <param name="options">The title.</param>
    /// <exception cref="TableException">There is no such column, or its type has no such aggregate.</exception>
    public static Figure PlotHeatmap(this Table table, string x, string y, Aggregate value, PlotOptions? options = null) =>
        HeatmapFigure.Of(table, x, y, value, options ?? PlotOptions.Default);

    /// <summary>As the other one, coloured by the mean of a column.</summary>
    /// <inheritdoc cref="PlotHeatmap(Table, string, string, Aggregate, PlotOptions?)"/>
    public static Figure PlotHeatmap(this Table table, string x, string y, string value, PlotOptions? options = null) =>
        PlotHeatmap(table, x, y, Aggregate.Mean(value), options);

    /// <summary>A point for each row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column along the x axis.</param>
    /// <param name="y">The column along the y axis.</param>
    /// <param name="color">A column whose values have a colour and shape each; null for one.</param>
    /// <param name="text">A column that an HTML page shows at each point; null for none.</param>
    /// <param name="options">Facets and title.</param>
    /// <exception cref="TableException">There is no such column.</exception>
    public static Figure PlotScatter(
        this Table table, string x, string y, string? color = null, string? text = null, PlotOptions? options = null) =>
        RowFigures.Scatter(table, x, y, color, text, options ?? PlotOptions.Default);

    /// <summary>A bar for the mean of each group, with its interval; with colours, bars side by side.</summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column of groups; each value is a category.</param>
    /// <param name="y">The column of numbers or booleans.</param>
    /// <param name="color">A column whose values have a colour each; null for one.</param>
    /// <param name="options">Bars, facets, title.</param>
    /// <exception cref="TableException">There is no such column, or y holds no numbers.</exception>
    public static Figure PlotBars(this Table table, string x, string y, string? color = null, PlotOptions? options = null) =>
        GroupFigures.Bars(table, x, y, color, options ?? PlotOptions.Default);

    /// <summary>How many values lie in intervals of equal width; of booleans, how many are false and true.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column of numbers.</param>
    /// <param name="color">A column whose values have a colour each, drawn over each other; null for one.</param>
    /// <param name="bins">The number of intervals, 1 to 1,000. Default: by the rule of Freedman and Diaconis (1981), 5 to 100.</param>
    /// <param name="options">Facets and title.</param>
    /// <exception cref="TableException">There is no such column, or it holds no numbers.</exception>
    public static Figure PlotHistogram(
        this Table table, string column, string? color = null, int? bins = null, PlotOptions? options = null) =>
        RowFigures.Histogram(table, column, color, bins, options ?? PlotOptions.Default);

    /// <summary>Quartiles, whiskers and outliers of each group.</summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column of groups; each value is a category.</param>
    /// <param name="y">The column of numbers.</param>
    /// <param name="color">A column whose values have a colour each, side by side; null for one.</param>
    /// <param name="options">Facets and title.</param>
    /// <exception cref="TableException">There is no such column, or y holds no numbers.</exception>
    public static Figure PlotBoxes(this Table table, string x, string y, string? color = null, PlotOptions? options = null) =>
        GroupFigures.Boxes(table, x, y, color, options ?? PlotOptions.Default);

    /// <summary>The density of the values of each group, with median and quartiles.</summary>
    /// <inheritdoc cref="PlotBoxes"/>
    public static Figure PlotViolins(this Table table, string x, string y, string? color = null, PlotOptions? options = null) =>
        GroupFigures.Violins(table, x, y, color, options ?? PlotOptions.Default);

    /// <summary>The share of values up to each value, as steps: the empirical distribution.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column of numbers.</param>
    /// <param name="color">A column whose values have a colour each; null for one.</param>
    /// <param name="options">Facets and title.</param>
    /// <exception cref="TableException">There is no such column, or it holds no numbers.</exception>
    public static Figure PlotDistribution(this Table table, string column, string? color = null, PlotOptions? options = null) =>
        RowFigures.Distribution(table, column, color, options ?? PlotOptions.Default);

    /// <summary>A vertical axis for each column and a line across them for each row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns, from left to right; at least two.</param>
    /// <param name="color">A column of numbers that colours the lines; null for one colour.</param>
    /// <param name="options">The title.</param>
    /// <exception cref="TableException">There is no such column, or the colours are no numbers.</exception>
    public static Figure PlotParallel(
        this Table table, IReadOnlyList<string> columns, string? color = null, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count < 2) throw new ArgumentException("Lines run between axes; expected at least two columns.", nameof(columns));
        return RowFigures.Parallel(table, columns, color, options ?? PlotOptions.Default);
    }

    /// <summary>
    /// The mean of a metric over two parameters as colours and lines of equal value. Where not every pair of values is there, the surface
    /// is interpolated between the points by their inverse squared distances (Shepard 1968), and the caption says so.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column of numbers along the x axis.</param>
    /// <param name="y">The column of numbers along the y axis.</param>
    /// <param name="value">The column of numbers that is drawn.</param>
    /// <param name="options">The title.</param>
    /// <exception cref="TableException">There is no such column, or one holds no numbers.</exception>
    public static Figure PlotContour(this Table table, string x, string y, string value, PlotOptions? options = null) =>
        ContourFigure.Of(table, x, y, value, options ?? PlotOptions.Default);

    /// <summary>
    /// All rows as points, and those that no other row beats in both columns connected, for example
    /// <c>table.PlotPareto(Objective.Min("seconds"), Objective.Max("accuracy"))</c>; see <see cref="ParetoFront"/>.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column of numbers along the x axis, and whether more is better.</param>
    /// <param name="y">The column of numbers along the y axis, and whether more is better.</param>
    /// <param name="text">A column that an HTML page shows at each point; null for none.</param>
    /// <param name="options">The title.</param>
    /// <exception cref="TableException">There is no such column, or one holds no numbers.</exception>
    public static Figure PlotPareto(
        this Table table, Objective x, Objective y, string? text = null, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return RowFigures.Pareto(table, x, y, text, options ?? PlotOptions.Default);
    }

    /// <summary>A horizontal bar for each name, the largest on top: how much each parameter matters.</summary>
    /// <param name="table">The table, with a row for each parameter.</param>
    /// <param name="name">The column of names.</param>
    /// <param name="importance">The column of numbers.</param>
    /// <param name="lower">A column with the lower ends of error bars; null for none.</param>
    /// <param name="upper">A column with the upper ends.</param>
    /// <param name="options">The title.</param>
    /// <exception cref="TableException">There is no such column, or one holds no numbers.</exception>
    public static Figure PlotImportance(
        this Table table, string name, string importance, string? lower = null, string? upper = null, PlotOptions? options = null) =>
        GroupFigures.Importance(table, name, importance, lower, upper, options ?? PlotOptions.Default);

    /// <summary>
    /// Whether probabilities are what they say: the share of rows that are true, with its interval (Wilson), in intervals of the predicted
    /// probability, beside the diagonal on which both agree.
    /// </summary>
    /// <param name="table">The table, with a row for each prediction.</param>
    /// <param name="predicted">The column of probabilities, from 0 to 1.</param>
    /// <param name="actual">The column of booleans, or of 0 and 1.</param>
    /// <param name="color">A column whose values have a colour each; null for one.</param>
    /// <param name="bins">The number of intervals, 1 to 100. Default: 10.</param>
    /// <param name="options">Facets, confidence and title.</param>
    /// <exception cref="TableException">There is no such column, or a value is outside its range.</exception>
    public static Figure PlotCalibration(
        this Table table, string predicted, string actual, string? color = null, int bins = 10, PlotOptions? options = null) =>
        CalibrationFigure.Of(table, predicted, actual, color, bins, options ?? PlotOptions.Default);
}
