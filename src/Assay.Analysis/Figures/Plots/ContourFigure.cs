namespace Assay.Analysis.Figures;

/// <summary>A number over two others as a surface.</summary>
internal static class ContourFigure
{
    public static Figure Of(Table table, string x, string y, string value, PlotOptions options)
    {
        PlotColumn across = PlotColumn.OfNumbers(table, x), up = PlotColumn.OfNumbers(table, y);
        PlotColumn values = PlotColumn.OfNumbers(table, value);
        int[] rows =
        [
            .. Enumerable.Range(0, table.RowCount).Where(row =>
                double.IsFinite(across.Values[row]) && double.IsFinite(up.Values[row]) && double.IsFinite(values.Values[row])),
        ];
        (double X, double Y, double Value)[] points =
        [
            .. rows.GroupBy(row => (X: across.Values[row], Y: up.Values[row]))
                .Select(group => (group.Key.X, group.Key.Y, group.Average(row => values.Values[row]))),
        ];
        double[] xs = [.. points.Select(point => point.X).Distinct().Order()], ys = [.. points.Select(point => point.Y).Distinct().Order()];
        bool isGrid = points.Length == xs.Length * ys.Length;
        var figure = new Figure
        {
            Title = options.Title ?? $"{value} over {x} and {y}",
            LegendTitle = value,
            Panels =
            [
                new Panel
                {
                    X = across.Axis, Y = up.Axis,
                    Marks = points.Length == 0
                        ? [] : [isGrid ? OfGrid(points, xs, ys) : OfPoints(points), Points(points)],
                },
            ],
            Notes = points.Length == 0 || isGrid
                ? [] : [$"The surface is interpolated between {Plural.Of(points.Length, "point")}, which do not form a grid."],
        };
        return RowFigures.WithLeftOut(figure, table.RowCount - rows.Length);
    }

    private static ContourMark OfGrid((double X, double Y, double Value)[] points, double[] xs, double[] ys)
    {
        double[][] cells = [.. ys.Select(_ => new double[xs.Length])];
        foreach ((double x, double y, double value) in points) cells[Array.BinarySearch(ys, y)][Array.BinarySearch(xs, x)] = value;
        return new ContourMark { X = xs, Y = ys, Values = cells };
    }

    private static ContourMark OfPoints((double X, double Y, double Value)[] points) => new()
    {
        X = [.. points.Select(point => point.X)],
        Y = [.. points.Select(point => point.Y)],
        Values = [[.. points.Select(point => point.Value)]],
    };

    private static ScatterMark Points((double X, double Y, double Value)[] points) => new()
    {
        Series = -1,
        X = [.. points.Select(point => point.X)],
        Y = [.. points.Select(point => point.Y)],
        Texts = [.. points.Select(point => NumberTicks.Short(point.Value))],
    };
}
