namespace Assay.Analysis.Tests.Figures;

[Trait("Category", "Quick")]
public class TableFigureTests
{
    [Fact]
    public void An_unknown_column_names_the_nearest_one() => Assert.Equal(
        "There is no column 'acuracy' to plot; the table has 'lr', 'hidden', 'optimizer', 'data', 'seed', 'accuracy', 'seconds'. "
            + "Did you mean 'accuracy'?",
        Assert.Throws<TableException>(() => FigureCases.Runs().PlotMetric("lr", "acuracy")).Message);

    [Fact]
    public void A_mean_of_texts_is_refused() => Assert.Equal(
        "Column 'optimizer' holds String values; expected numbers. Choose another column, or convert it.",
        Assert.Throws<TableException>(() => FigureCases.Runs().PlotMetric("lr", "optimizer")).Message);

    [Fact]
    public void A_point_is_a_mean_with_its_interval_and_number_of_values()
    {
        Table table = FigureCases.Xy([1, 1, 1, 2, 2], [10, 12, 14, 20, 30]);
        LineMark line = Assert.IsType<LineMark>(Assert.Single(table.PlotMetric("x", "y").Panels[0].Marks));
        Interval first = Interval.OfMean([10, 12, 14]);
        Assert.Equal([1, 2], line.X);
        Assert.Equal([12, 25], line.Y);
        Assert.Equal([3, 2], line.Counts);
        Assert.Equal((first.LowerBound!.Value, first.UpperBound!.Value), (line.Lower[0], line.Upper[0]));
        Assert.Equal(["Points are means, n = 2 to 3, with 95 % intervals (t)."], table.PlotMetric("x", "y").Notes);
    }

    [Fact]
    public void Error_bars_are_deviations_or_standard_errors_on_request()
    {
        Table table = FigureCases.Xy([1, 1, 1, 1], [10, 12, 14, 16]);
        double deviation = Math.Sqrt(20 / 3.0);
        Assert.Equal(13 + deviation, Upper(ErrorBars.StandardDeviation), 1e-12);
        Assert.Equal(13 + (deviation / 2), Upper(ErrorBars.StandardError), 1e-12);
        Assert.Empty(((LineMark)Plot(ErrorBars.None).Panels[0].Marks[0]).Upper);

        double Upper(ErrorBars bars) => ((LineMark)Plot(bars).Panels[0].Marks[0]).Upper[0];
        Figure Plot(ErrorBars bars) => table.PlotMetric("x", "y", options: new() { ErrorBars = bars });
    }

    [Fact]
    public void The_method_is_chosen_for_all_groups_together()
    {
        // The first group alone would be a share, for which the bootstrap is taken.
        Table table = FigureCases.Xy([1, 1, 1, 2, 2, 2], [0.1, 0.5, 0.9, 3, 4, 5]);
        LineMark line = (LineMark)table.PlotMetric("x", "y").Panels[0].Marks[0];
        Assert.Equal(Interval.OfMean([0.1, 0.5, 0.9], method: IntervalMethod.T).LowerBound!.Value, line.Lower[0], 1e-12);
        Assert.Contains("(bootstrap)", FigureCases.Runs().PlotMetric("lr", "accuracy").Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Booleans_have_a_share_with_the_interval_of_wilson()
    {
        Table table = Table.FromColumns(Column.Of("x", [1, 1, 1, 1, 1]), Column.Of("won", [true, true, true, false, false]));
        LineMark line = (LineMark)table.PlotMetric("x", "won").Panels[0].Marks[0];
        Assert.Equal(0.6, line.Y[0]);
        Assert.Equal(0.2307242812760128, line.Lower[0], 1e-15);
    }

    [Fact]
    public void One_value_has_no_bar()
    {
        LineMark line = (LineMark)FigureCases.Xy([1, 2], [10, 20]).PlotMetric("x", "y").Panels[0].Marks[0];
        Assert.Empty(line.Lower);
        Assert.Empty(FigureCases.Xy([1, 2], [10, 20]).PlotMetric("x", "y").Notes);
    }

    [Fact]
    public void What_has_no_place_or_value_is_left_out_and_counted() => Assert.Equal(
        [
            "2 values that are missing or no finite numbers are left out.",
            "1 value without a place on the x axis is left out.",
        ],
        Table.FromColumns(Column.Of("x", new double?[] { 1, 2, null, 4 }), Column.Of("y", new double?[] { 1, double.NaN, 3, null }))
            .PlotMetric("x", "y").Notes);

    [Fact]
    public void Rows_without_a_colour_are_a_series_of_their_own() => Assert.Equal(
        ["a", "(none)"],
        Table.FromColumns(Column.Of("x", [1, 1]), Column.Of("y", [1.0, 2]), Column.Of("c", new string?[] { "a", null }))
            .PlotMetric("x", "y", "c").Panels[0].Marks.Select(mark => mark.Name));

    [Fact]
    public void Colours_of_numbers_are_in_their_order() => Assert.Equal(
        ["4", "16", "64"], FigureCases.Runs().PlotMetric("lr", "accuracy", "hidden").Panels[0].Marks.Select(mark => mark.Name));

    [Fact]
    public void Facets_have_a_panel_for_each_pair_and_one_scale()
    {
        Figure figure = FigureCases.Kinds["facets"]();
        Assert.Equal(
            [
                "optimizer = adam, data = iris", "optimizer = adam, data = wine", "optimizer = sgd, data = iris",
                "optimizer = sgd, data = wine",
            ],
            figure.Panels.Select(panel => panel.Title));
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], figure.Panels.Select(panel => (panel.Row, panel.Column)));
    }

    [Fact]
    public void A_heatmap_has_any_aggregate_and_leaves_pairs_without_rows_empty()
    {
        Table table = Table.FromColumns(
            Column.Of("x", ["a", "a", "b"]), Column.Of("y", [2, 2, 1]), Column.Of("z", [1.0, 5, double.NaN]));
        HeatmapMark cells = (HeatmapMark)table.PlotHeatmap("x", "y", Aggregate.Max("z")).Panels[0].Marks[0];
        Assert.Equal([[double.NaN, double.NaN], [5, double.NaN]], cells.Values);
        Assert.Equal(["1 value that is missing or no finite number is left out."], table.PlotHeatmap("x", "y", "z").Notes);
        HeatmapMark counts = (HeatmapMark)table.PlotHeatmap("x", "y", Aggregate.Count()).Panels[0].Marks[0];
        Assert.Equal([[double.NaN, 1], [2, double.NaN]], counts.Values);
    }

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        Table table = FigureCases.Xy([0, 1, 2, 3, 4, 4], [0, 1, 2, 3, 4, double.NaN]);
        BarMark bars = (BarMark)table.PlotHistogram("y", bins: 4).Panels[0].Marks[0];
        Assert.Equal([1, 1, 1, 2], bars.Values);
        Assert.Equal([0, 1, 2, 3], bars.From);
        Assert.Equal(4, bars.To[^1]);
    }

    [Fact]
    public void A_histogram_of_booleans_has_a_bar_for_false_and_one_for_true()
    {
        Panel panel = Table.FromColumns(Column.Of("won", new bool?[] { true, true, false, null })).PlotHistogram("won").Panels[0];
        BarMark bars = (BarMark)panel.Marks[0];
        Assert.Equal(["false", "true"], panel.X.Categories);
        Assert.Equal([1, 2], bars.Values);
        Assert.Equal([0, 1], bars.From.Zip(bars.To, (from, to) => Math.Round((from + to) / 2, 9)));
    }

    [Fact]
    public void Curves_of_other_runs_at_some_steps_say_so()
    {
        const string Note = "At some steps only part of the runs has a value, so the mean there is of other runs.";
        Assert.Contains(Note, Steps([0, 1, 0, 2]).Notes);
        Assert.DoesNotContain(Note, Steps([0, 1, 0, 1]).Notes);

        static Figure Steps(int[] steps) =>
            Table.FromColumns(Column.Of("step", steps), Column.Of("loss", [1.0, 2, 3, 4])).PlotSeries("loss");
    }

    [Fact]
    public void Colours_of_sampled_numbers_have_short_names() => Assert.Equal(
        ["1.019e-5", "0.3333"],
        Table.FromColumns(Column.Of("x", [1, 1]), Column.Of("y", [1.0, 2]), Column.Of("lr", [1.0190434514293223E-05, 1 / 3.0]))
            .PlotMetric("x", "y", "lr").Panels[0].Marks.Select(mark => mark.Name));

    [Fact]
    public void A_box_has_the_whiskers_of_tukey()
    {
        Table table = Table.FromColumns(Column.Of("g", Enumerable.Repeat("a", 9)), Column.Of("y", [1.0, 2, 3, 4, 5, 6, 7, 8, 100]));
        Box box = ((BoxMark)table.PlotBoxes("g", "y").Panels[0].Marks[0]).Boxes[0];
        Assert.Equal((1, 3, 5, 7, 8), (box.Low, box.Quartile1, box.Median, box.Quartile3, box.High));
        Assert.Equal([100], box.Outliers);
    }

    [Fact]
    public void An_empirical_distribution_rises_at_each_value()
    {
        LineMark line = (LineMark)FigureCases.Xy([1, 2, 3, 4], [4, 1, 2, 2]).PlotDistribution("y").Panels[0].Marks[0];
        Assert.Equal([1, 1, 2, 2, 4], line.X);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], line.Y);
    }

    [Fact]
    public void No_row_beats_one_of_the_pareto_front()
    {
        Table table = FigureCases.Xy([1, 2, 3, 2, 4], [5, 7, 6, 3, 7]);
        LineMark front = (LineMark)table.PlotPareto(Objective.Min("x"), Objective.Max("y")).Panels[0].Marks[1];
        Assert.Equal([1, 2], front.X);
        Assert.Equal([5, 7], front.Y);
        LineMark other = (LineMark)table.PlotPareto(Objective.Max("x"), Objective.Min("y")).Panels[0].Marks[1];
        Assert.Equal([2, 3, 4], other.X);
    }

    [Fact]
    public void A_probability_outside_of_its_range_is_named() => Assert.Equal(
        "Column 'x' holds 1.5; expected probabilities from 0 to 1. Choose another column.",
        Assert.Throws<TableException>(() => FigureCases.Xy([0.5, 1.5], [0, 1]).PlotCalibration("x", "y")).Message);

    [Fact]
    public void A_table_without_rows_gives_figures_without_data()
    {
        Table none = FigureCases.Runs().Head(0);
        Figure[] figures =
        [
            none.PlotMetric("lr", "accuracy", "hidden"), none.PlotMetrics("lr", ["accuracy", "seconds"]),
            none.PlotHeatmap("lr", "hidden", "accuracy"),
            none.PlotScatter("lr", "accuracy", "hidden"), none.PlotBars("hidden", "accuracy", "lr"), none.PlotHistogram("accuracy"),
            none.PlotBoxes("hidden", "accuracy"), none.PlotViolins("hidden", "accuracy"), none.PlotDistribution("accuracy"),
            none.PlotParallel(["lr", "hidden"]), none.PlotContour("lr", "hidden", "accuracy"),
            none.PlotPareto(Objective.Min("lr"), Objective.Max("accuracy")),
            none.PlotImportance("optimizer", "accuracy"), none.PlotCalibration("lr", "accuracy"),
        ];
        Assert.All(figures, figure => Assert.Contains(PlacedText.In(figure.ToSvg()), text => text.Text == "no data"));
    }
}
