namespace Assay.Analysis.Figures;

/// <summary>A number over two others as a surface.</summary>
internal static class ContourFigure
{
    private const int Grid = 40;

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
                        ? [] : [isGrid ? OfGrid(points, xs, ys) : Between(points, xs, ys), Points(points)],
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

    private static ContourMark Between((double X, double Y, double Value)[] points, double[] xs, double[] ys)
    {
        double width = Math.Max(xs[^1] - xs[0], double.Epsilon), height = Math.Max(ys[^1] - ys[0], double.Epsilon);
        double[] columns = [.. Shares().Select(share => xs[0] + (share * (xs[^1] - xs[0])))];
        double[] lines = [.. Shares().Select(share => ys[0] + (share * (ys[^1] - ys[0])))];
        return new ContourMark { X = columns, Y = lines, Values = [.. lines.Select(y => columns.Select(x => At(x, y)).ToArray())] };

        double At(double x, double y)
        {
            double sum = 0, weights = 0;
            foreach ((double px, double py, double value) in points)
            {
                double distance = Math.Pow((x - px) / width, 2) + Math.Pow((y - py) / height, 2);
                if (distance == 0) return value;
                (sum, weights) = (sum + (value / distance), weights + (1 / distance));
            }

            return sum / weights;
        }
    }

    private static ScatterMark Points((double X, double Y, double Value)[] points) => new()
    {
        Series = -1,
        X = [.. points.Select(point => point.X)],
        Y = [.. points.Select(point => point.Y)],
        Texts = [.. points.Select(point => NumberTicks.Short(point.Value))],
    };

    private static IEnumerable<double> Shares() => Enumerable.Range(0, Grid).Select(i => i / (Grid - 1.0));
}
