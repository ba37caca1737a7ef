using System.Globalization;

namespace Assay.Analysis.Figures;

/// <summary>Figures of the rows themselves.</summary>
internal static class RowFigures
{
    private const int LeastBins = 5, MostBins = 100, MostRatio = 100;

    public static Figure Scatter(Table table, string x, string y, string? color, string? text, PlotOptions options)
    {
        PlotColumn across = PlotColumn.Of(table, x), up = PlotColumn.Of(table, y);
        string[] texts = text is null ? [] : Texts(table, text);
        return ByColor(table, color, options, options.Title ?? $"{y} vs {x}{By(color)}", across.Axis, up.Axis, (rows, name, series) =>
        [
            new ScatterMark
            {
                Name = name, Series = series, X = Take(across.Values, rows), Y = Take(up.Values, rows),
                Texts = texts.Length == 0 ? [] : Take(texts, rows),
            },
        ]);
    }

    public static Figure Histogram(Table table, string column, string? color, int? bins, PlotOptions options)
    {
        if (bins is < 1 or > 1_000) throw new ArgumentOutOfRangeException(nameof(bins), bins, "Expected 1 to 1,000 intervals.");
        PlotColumn values = PlotColumn.OfNumbers(table, column);
        double[] finite = Finite(values.Values);
        bool areBooleans = table[column].Type == ColumnType.Boolean;
        double[] edges = areBooleans ? [-0.5, 0.5, 1.5] : Edges(finite, bins);
        double gap = areBooleans ? 0.1 : 0;
        Axis axis = areBooleans ? values.Axis with { Scale = AxisScale.Category, Categories = ["false", "true"] } : values.Axis;
        Figure figure = ByColor(
            table, color, options, options.Title ?? $"distribution of {column}{By(color)}", axis, new Axis { Label = "count" },
            (rows, name, series) =>
            {
                double[] counts = new double[edges.Length - 1];
                foreach (int row in rows)
                    if (double.IsFinite(values.Values[row])) counts[Bin(edges, values.Values[row])]++;
                if (counts.Length == 0) return [];
                return
                [
                    new BarMark
                    {
                        Name = name, Series = series, From = [.. edges[..^1].Select(edge => edge + gap)],
                        To = [.. edges[1..].Select(edge => edge - gap)], Values = counts,
                    },
                ];
            });
        return WithLeftOut(figure, values.Values.Length - finite.Length);
    }

    public static Figure Distribution(Table table, string column, string? color, PlotOptions options)
    {
        PlotColumn values = PlotColumn.OfNumbers(table, column);
        Figure figure = ByColor(
            table, color, options, options.Title ?? $"empirical distribution of {column}{By(color)}", values.Axis,
            new Axis { Label = "share of values" }, (rows, name, series) =>
            {
                double[] sorted = Finite(Take(values.Values, rows));
                Array.Sort(sorted);
                return sorted.Length == 0 ? [] :
                [
                    new LineMark
                    {
                        Name = name, Series = series, Steps = true, X = [sorted[0], .. sorted],
                        Y = [0, .. Enumerable.Range(1, sorted.Length).Select(i => i / (double)sorted.Length)],
                    },
                ];
            });
        return WithLeftOut(figure, values.Values.Count(value => !double.IsFinite(value)));
    }

    public static Figure Parallel(Table table, IReadOnlyList<string> columns, string? color, PlotOptions options)
    {
        ParallelAxis[] axes = [.. columns.Select(column => ParallelAxisOf(PlotColumn.Of(table, column)))];
        double[] colors = color is null ? [] : PlotColumn.OfNumbers(table, color).Values;
        return new Figure
        {
            Title = options.Title ?? string.Join(", ", columns) + By(color),
            LegendTitle = color,
            Panels =
            [
                new Panel
                {
                    Marks = table.RowCount == 0 ? [] :
                        [new ParallelMark { Axes = axes, Colors = colors }],
                },
            ],
        };
    }

    // Of values over several powers of ten, such as learning rates, the small ones would lie on each other.
    private static ParallelAxis ParallelAxisOf(PlotColumn column)
    {
        double[] values = Finite(column.Values);
        bool isWide = column.Axis.Scale == AxisScale.Linear && values.Length > 0 && values.Min() > 0
            && values.Max() / values.Min() >= MostRatio;
        return new ParallelAxis(isWide ? column.Axis with { Scale = AxisScale.Log } : column.Axis, column.Values);
    }

    public static Figure Pareto(
        Table table, Objective x, Objective y, string? text, PlotOptions options)
    {
        PlotColumn across = PlotColumn.OfNumbers(table, x.Metric), up = PlotColumn.OfNumbers(table, y.Metric);
        string[] texts = text is null ? [] : Texts(table, text);
        int[] front = [.. ParetoFront.Of([across.Values, up.Values], [x.Maximize, y.Maximize]).OrderBy(row => across.Values[row])];
        return new Figure
        {
            Title = options.Title ?? $"{y.Metric} vs {x.Metric}",
            Panels =
            [
                new Panel
                {
                    X = across.Axis, Y = up.Axis,
                    Marks =
                    [
                        new ScatterMark { Name = "beaten", Series = -1, Faint = true, X = across.Values, Y = up.Values, Texts = texts },
                        new LineMark { Name = "Pareto front", X = Take(across.Values, front), Y = Take(up.Values, front), Markers = true },
                    ],
                },
            ],
            Notes =
            [
                $"{Plural.Of(front.Length, "row")} of the front: no other has {Word(x.Maximize)} {x.Metric} "
                    + $"without {Word(!y.Maximize)} {y.Metric}.",
            ],
        };
    }

    private static string Word(bool maximize) => maximize ? "larger" : "smaller";

    /// <summary>A panel for each facet, with marks for each colour.</summary>
    public static Figure ByColor(
        Table table, string? color, PlotOptions options, string title, Axis x, Axis y, Func<int[], string?, int, IReadOnlyList<Mark>> marks)
    {
        PlotGroups colors = PlotGroups.Of(table, color);
        return new Figure
        {
            Title = title,
            LegendTitle = color,
            Panels =
            [
                .. Facet.Of(table, options).Select(facet => new Panel
                {
                    Row = facet.Row, Column = facet.Column, Title = facet.Title, X = x, Y = y,
                    Marks =
                    [
                        .. facet.Rows.GroupBy(row => colors.Groups[row]).OrderBy(group => group.Key)
                            .SelectMany(group => marks([.. group], colors.Title is null ? null : colors.Names[group.Key], group.Key)),
                    ],
                }),
            ],
        };
    }

    public static Figure WithLeftOut(Figure figure, int count) => count == 0 ? figure : figure with
    {
        Notes = [.. figure.Notes, ShownFigure.Missing(count)],
    };

    public static double[] Finite(double[] values) => Array.FindAll(values, double.IsFinite);

    public static T[] Take<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);

    public static string By(string? color) => color is null ? "" : $" by {color}";

    private static string[] Texts(Table table, string column)
    {
        Column found = PlotColumn.Find(table, column);
        return [.. Enumerable.Range(0, table.RowCount).Select(row => Convert.ToString(found[row], CultureInfo.InvariantCulture) ?? "")];
    }

    private static double[] Edges(double[] values, int? bins)
    {
        if (values.Length == 0) return [0];
        double least = values.Min(), most = values.Max();
        if (least == most) (least, most) = least == 0 ? (-0.5, 0.5) : (least - (Math.Abs(least) * 0.05), most + (Math.Abs(most) * 0.05));
        int count = bins ?? Bins(values, least, most);
        return [.. Enumerable.Range(0, count + 1).Select(i => i / (double)count).Select(share => (least * (1 - share)) + (most * share))];
    }

    private static int Bins(double[] values, double least, double most)
    {
        double[] sorted = [.. values.Order()];
        double range = Quantiles.Of(sorted, 0.75) - Quantiles.Of(sorted, 0.25), width = 2 * range / Math.Cbrt(values.Length);
        double count = Math.Ceiling((most - least) / width);
        return width > 0 && double.IsFinite(count) ? (int)Math.Clamp(count, LeastBins, MostBins) : LeastBins;
    }

    private static int Bin(double[] edges, double value)
    {
        int found = Array.BinarySearch(edges, value);
        return Math.Clamp(found < 0 ? ~found - 1 : found, 0, edges.Length - 2);
    }
}
