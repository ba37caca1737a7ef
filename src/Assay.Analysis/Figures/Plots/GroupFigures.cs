using System.Globalization;

namespace Assay.Analysis.Figures;

/// <summary>Bars, boxes and violins of groups, which stand side by side where there are colours.</summary>
internal static class GroupFigures
{
    private const double Width = 0.8;
    private const int DensityPoints = 100;

    public static Figure Bars(Table table, string x, string y, string? color, PlotOptions options)
    {
        PlotColumn values = PlotColumn.OfNumbers(table, y);
        var means = new GroupedMeans(options);
        means.Choose(values.Values, areBooleans: table[y].Type == ColumnType.Boolean);
        Figure figure = SideBySide(table, x, values.Axis, color, options, $"{y} by {x}", (places, rows, name, series, offset, width) =>
        {
            IReadOnlyList<GroupMean> found = means.At(rows, places.Values, values.Values);
            if (found.Count == 0) return null;
            bool bounds = found.Any(mean => mean.Lower is not null);
            return new BarMark
            {
                Name = name,
                Series = series,
                From = [.. found.Select(mean => mean.At + offset - (width / 2))],
                To = [.. found.Select(mean => mean.At + offset + (width / 2))],
                Values = [.. found.Select(mean => mean.Mean)],
                Lower = bounds ? [.. found.Select(mean => mean.Lower ?? double.NaN)] : [],
                Upper = bounds ? [.. found.Select(mean => mean.Upper ?? double.NaN)] : [],
                Counts = [.. found.Select(mean => mean.Count)],
            };
        });
        return figure with { Notes = means.Notes("Bars") };
    }

    public static Figure Boxes(Table table, string x, string y, string? color, PlotOptions options) =>
        OfGroups(table, x, y, color, options, 0.9, BoxOf, (boxes, name, series) => new BoxMark
        { Name = name, Series = series, Boxes = boxes });

    public static Figure Violins(Table table, string x, string y, string? color, PlotOptions options) =>
        OfGroups(table, x, y, color, options, 0.95, ViolinOf, (violins, name, series) => new ViolinMark
        { Name = name, Series = series, Violins = violins });

    public static Figure Importance(Table table, string name, string importance, string? lower, string? upper, PlotOptions options)
    {
        Column names = PlotColumn.Find(table, name);
        double[] values = PlotColumn.OfNumbers(table, importance).Values;
        if (lower is null != upper is null)
            throw new ArgumentException("An error bar has two ends; expected lower and upper, or none.", nameof(upper));
        double[] low = lower is null ? [] : PlotColumn.OfNumbers(table, lower).Values;
        double[] high = upper is null ? [] : PlotColumn.OfNumbers(table, upper).Values;
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => double.IsFinite(values[row])).OrderBy(row => values[row])];
        var axis = new Axis
        {
            Scale = AxisScale.Category,
            Categories = [.. rows.Select(row => Convert.ToString(names[row], CultureInfo.InvariantCulture) ?? "(none)")],
        };
        var figure = new Figure
        {
            Title = options.Title ?? $"{importance} of {name}",
            Height = Math.Clamp(140 + (rows.Length * 26), 220, 1_000),
            Panels =
            [
                new Panel
                {
                    X = new Axis { Label = importance }, Y = axis,
                    Marks = rows.Length == 0 ? [] :
                    [
                        new BarMark
                        {
                            Horizontal = true, From = [.. rows.Select((_, i) => i - (Width / 2))],
                            To = [.. rows.Select((_, i) => i + (Width / 2))], Values = RowFigures.Take(values, rows),
                            Lower = low.Length == 0 ? [] : RowFigures.Take(low, rows),
                            Upper = high.Length == 0 ? [] : RowFigures.Take(high, rows),
                        },
                    ],
                },
            ],
        };
        return RowFigures.WithLeftOut(figure, table.RowCount - rows.Length);
    }

    /// <summary>A shape for the values of each group, by its place, its width and the sorted values.</summary>
    /// <param name="table">The table.</param>
    /// <param name="x">The column of groups.</param>
    /// <param name="y">The column of numbers.</param>
    /// <param name="color">A column whose values have a colour each; null for one.</param>
    /// <param name="options">Facets and title.</param>
    /// <param name="share">The width of a shape as a share of its place.</param>
    /// <param name="shapeOf">Makes a shape.</param>
    /// <param name="mark">Makes the mark of the shapes of one colour.</param>
    private static Figure OfGroups<T>(
        Table table, string x, string y, string? color, PlotOptions options, double share, Func<double, double, double[], T> shapeOf,
        Func<T[], string?, int, Mark> mark)
    {
        PlotColumn values = PlotColumn.OfNumbers(table, y);
        Figure figure = SideBySide(table, x, values.Axis, color, options, $"{y} by {x}", (places, rows, name, series, offset, width) =>
        {
            T[] shapes =
                [.. Groups(rows, places.Values, values.Values).Select(g => shapeOf(g.At + offset, width * share, g.Sorted))];
            return shapes.Length == 0 ? null : mark(shapes, name, series);
        });
        return RowFigures.WithLeftOut(figure, values.Values.Count(value => !double.IsFinite(value)));
    }

    private static Figure SideBySide(
        Table table, string x, Axis y, string? color, PlotOptions options, string title,
        Func<PlotColumn, int[], string?, int, double, double, Mark?> mark)
    {
        PlotColumn places = PlotColumn.AsCategories(table, x);
        // A colour that says the same as the place needs no place of its own.
        int colors = color is null || color == x ? 1 : PlotGroups.Of(table, color).Names.Length;
        double width = Width / colors;
        string heading = options.Title ?? title + (color is null || color == x ? "" : $" and {color}");
        return RowFigures.ByColor(table, color, options, heading, places.Axis, y, (rows, name, series) =>
        {
            double offset = colors == 1 ? 0 : ((series + 0.5) * width) - (Width / 2);
            return mark(places, rows, name, series, offset, width) is { } found ? [found] : [];
        });
    }

    private static IEnumerable<(double At, double[] Sorted)> Groups(int[] rows, double[] x, double[] y) =>
        from row in rows
        where double.IsFinite(x[row]) && double.IsFinite(y[row])
        group y[row] by x[row] into values
        orderby values.Key
        select (values.Key, values.Order().ToArray());

    private static Box BoxOf(double at, double width, double[] sorted)
    {
        double first = Quantiles.Of(sorted, 0.25), third = Quantiles.Of(sorted, 0.75), reach = 1.5 * (third - first);
        double[] inside = Array.FindAll(sorted, value => value >= first - reach && value <= third + reach);
        return new Box(
            at, width, Math.Min(inside[0], first), first, Quantiles.Of(sorted, 0.5), third, Math.Max(inside[^1], third),
            Array.FindAll(sorted, value => value < inside[0] || value > inside[^1]), sorted.Length);
    }

    private static Violin ViolinOf(double at, double width, double[] sorted)
    {
        double first = Quantiles.Of(sorted, 0.25), third = Quantiles.Of(sorted, 0.75);
        double median = Quantiles.Of(sorted, 0.5), deviation = Moments.Of(sorted).StandardDeviation ?? 0;
        double spread = third > first ? Math.Min(deviation, (third - first) / 1.34) : deviation;
        double bandwidth = 0.9 * spread * Math.Pow(sorted.Length, -0.2);
        // Equal values have no density; a short line shows them.
        if (!(bandwidth > 0)) return new Violin(at, width, [sorted[0], sorted[0]], [1, 1], first, median, third, sorted.Length);
        double[] shares = [.. Enumerable.Range(0, DensityPoints).Select(i => i / (DensityPoints - 1.0))];
        double[] values = Array.ConvertAll(shares, share => (sorted[0] * (1 - share)) + (sorted[^1] * share));
        double[] densities = Array.ConvertAll(values, value => sorted.Sum(v => Math.Exp(-0.5 * Math.Pow((value - v) / bandwidth, 2))));
        double highest = densities.Max();
        return new Violin(at, width, values, Array.ConvertAll(densities, d => d / highest), first, median, third, sorted.Length);
    }
}
