namespace Assay.Analysis.Figures;

/// <summary>Means over a column, as lines with bars or bands.</summary>
internal static class MetricFigure
{
    private const int MostMarked = 30;

    public static Figure Of(Table table, string x, IReadOnlyList<string> ys, string? color, PlotOptions options, bool band)
    {
        PlotColumn places = PlotColumn.Of(table, x);
        PlotGroups colors = PlotGroups.Of(table, color);
        var means = new GroupedMeans(options);
        var panels = new List<Panel>();
        foreach ((int index, string y) in ys.Index())
        {
            PlotColumn values = PlotColumn.OfNumbers(table, y);
            means.Choose(values.Values, areBooleans: table[y].Type == ColumnType.Boolean);
            foreach (Facet facet in Facet.Of(table, options))
                panels.Add(new Panel
                {
                    Row = facet.Row,
                    Column = facet.Column + index,
                    Title = ys.Count > 1 ? y : facet.Title,
                    X = places.Axis,
                    Y = values.Axis,
                    Marks = Lines(facet.Rows, places, values, colors, means, band),
                });
        }

        string title = $"{string.Join(", ", ys)} vs {x}" + (color is null ? "" : $" by {color}");
        return new Figure
        {
            Title = options.Title ?? title,
            LegendTitle = color,
            Panels = panels,
            Notes = means.Notes(band ? "Curves" : "Points", overSteps: band),
        };
    }

    private static IReadOnlyList<Mark> Lines(
        int[] rows, PlotColumn places, PlotColumn values, PlotGroups colors, GroupedMeans means, bool band)
    {
        ILookup<int, int> byColor = rows.ToLookup(row => colors.Groups[row]);
        var marks = new List<Mark>();
        foreach (int group in byColor.Select(rowsOf => rowsOf.Key).Order())
        {
            IReadOnlyList<GroupMean> points = means.At(byColor[group], places.Values, values.Values);
            if (points.Count == 0) continue;
            marks.Add(GroupMean.Line(points, colors.Title is null ? null : colors.Names[group], group, band) with
            {
                Markers = !band && points.Count <= MostMarked,
            });
        }

        return marks;
    }
}
