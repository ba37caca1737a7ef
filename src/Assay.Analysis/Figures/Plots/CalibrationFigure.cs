using System.Globalization;

namespace Assay.Analysis.Figures;

/// <summary>Predicted probabilities beside what happened.</summary>
internal static class CalibrationFigure
{
    public static Figure Of(Table table, string predicted, string actual, string? color, int bins, PlotOptions options)
    {
        if (bins is < 1 or > 100) throw new ArgumentOutOfRangeException(nameof(bins), bins, "Expected 1 to 100 intervals.");
        double[] said = PlotColumn.OfNumbers(table, predicted).Values, was = PlotColumn.OfNumbers(table, actual).Values;
        Check(predicted, said, value => value is >= 0 and <= 1, "probabilities from 0 to 1");
        Check(actual, was, value => value is 0 or 1, "booleans, or 0 and 1");
        int leftOut = Enumerable.Range(0, table.RowCount).Count(row => !double.IsFinite(said[row]) || !double.IsFinite(was[row]));
        var axis = new Axis { Min = 0, Max = 1 };
        Figure figure = RowFigures.ByColor(
            table, color, options, options.Title ?? $"calibration of {predicted}{RowFigures.By(color)}",
            axis with { Label = $"predicted: {predicted}" }, axis with { Label = $"share of {actual}" },
            (rows, name, series) => Line(rows, name, series) is { } line ? [line] : []);
        return RowFigures.WithLeftOut(figure with
        {
            Panels = [.. figure.Panels.Select(panel => panel.Marks.Count == 0 ? panel : panel with { Marks = [Diagonal, .. panel.Marks] })],
            Notes =
            [
                "Shares in intervals of the prediction, at the mean prediction of each, "
                    + $"with {GroupedMeans.Percent(options)} intervals (wilson).",
            ],
        }, leftOut);

        LineMark? Line(int[] rows, string? name, int series)
        {
            GroupMean[] shares =
            [
                .. rows.Where(row => double.IsFinite(said[row]) && double.IsFinite(was[row]))
                    .GroupBy(row => Math.Min((int)(said[row] * bins), bins - 1))
                    .OrderBy(bin => bin.Key).Select(bin => Share([.. bin])),
            ];
            return shares.Length == 0 ? null : GroupMean.Line(shares, name, series, band: false);
        }

        GroupMean Share(int[] rows)
        {
            Interval share = Interval.OfShare(rows.Count(row => was[row] == 1), rows.Length, options.Confidence);
            return new GroupMean(rows.Average(row => said[row]), share.Estimate!.Value, share.LowerBound, share.UpperBound, rows.Length);
        }
    }

    private static LineMark Diagonal { get; } = new() { Name = "as predicted", Series = -1, Dashed = true, X = [0, 1], Y = [0, 1] };

    private static void Check(string column, double[] values, Func<double, bool> isValid, string expected)
    {
        foreach (double value in values)
            if (double.IsFinite(value) && !isValid(value))
                throw new TableException(string.Create(
                    CultureInfo.InvariantCulture, $"Column '{column}' holds {value}; expected {expected}. Choose another column."));
    }
}
