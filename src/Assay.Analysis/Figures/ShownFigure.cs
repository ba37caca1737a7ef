namespace Assay.Analysis.Figures;

/// <summary>A figure without what its axes cannot show, and the words about that.</summary>
internal static class ShownFigure
{
    public static Figure Of(Figure figure)
    {
        int undefined = 0, negative = 0;
        Panel[] panels = [.. figure.Panels.Select(Shown)];
        string[] notes =
        [
            .. figure.Notes,
            .. undefined == 0 ? [] : new[] { LeftOut(undefined, "that is no finite number", "that are no finite numbers") },
            .. negative == 0 ? [] : new[] { LeftOut(negative, "without a logarithm (not above 0)") },
            .. figure.Panels.Any(panel => panel.Marks.Any(LooksLikeAnother))
                ? [$"Colours and patterns begin again after {Palette.WithoutShapes} series."] : Array.Empty<string>(),
        ];
        return figure with { Panels = panels, Notes = notes };

        Panel Shown(Panel panel) => panel with { Marks = [.. panel.Marks.Select(mark => OfMark(panel, mark))] };

        Mark OfMark(Panel panel, Mark mark)
        {
            switch (mark)
            {
                case LineMark line when Kept(panel, line.X, line.Y) is { } kept:
                    return line.Only(kept);
                case ScatterMark scatter when Kept(panel, scatter.X, scatter.Y) is { } kept:
                    return scatter.Only(kept);
                case BarMark bar when (bar.Horizontal ? Kept(panel, bar.Values, bar.To) : Kept(panel, bar.To, bar.Values)) is { } kept:
                    return bar with
                    {
                        From = Mark.Take(bar.From, kept),
                        To = Mark.Take(bar.To, kept),
                        Values = Mark.Take(bar.Values, kept),
                        Lower = Mark.Take(bar.Lower, kept),
                        Upper = Mark.Take(bar.Upper, kept),
                        Counts = Mark.Take(bar.Counts, kept),
                    };
                case ParallelMark parallel when KeptRows(parallel) is { } kept:
                    return parallel with
                    {
                        Axes = [.. parallel.Axes.Select(axis => axis with { Values = Mark.Take(axis.Values, kept) })],
                        Colors = Mark.Take(parallel.Colors, kept),
                    };
                // What its axes cannot show is counted among the points that lie on the surface.
                case ContourMark { IsGrid: false } points:
                    return ContourSurface.Between(points, panel.X.Scale, panel.Y.Scale);
                default:
                    return mark;
            }
        }

        int[]? Kept(Panel panel, IReadOnlyList<double> x, IReadOnlyList<double> y)
        {
            int before = undefined + negative;
            var kept = new List<int>();
            for (int i = 0; i < x.Count; i++)
            {
                if (!double.IsFinite(x[i]) || !double.IsFinite(y[i])) undefined++;
                else if (!AxisView.Shows(panel.X.Scale, x[i]) || !AxisView.Shows(panel.Y.Scale, y[i])) negative++;
                else kept.Add(i);
            }

            return undefined + negative == before ? null : [.. kept];
        }

        int[]? KeptRows(ParallelMark parallel)
        {
            int rows = parallel.Axes.Count == 0 ? 0 : parallel.Axes[0].Values.Count;
            int[] kept = [.. Enumerable.Range(0, rows).Where(row =>
                parallel.Axes.All(axis => AxisView.Shows(axis.Axis.Scale, axis.Values[row]))
                && (parallel.Colors.Count == 0 || double.IsFinite(parallel.Colors[row])))];
            undefined += rows - kept.Length;
            return kept.Length == rows ? null : kept;
        }
    }

    private static bool LooksLikeAnother(Mark mark) =>
        mark.Series >= Palette.WithoutShapes && mark is not (ScatterMark or LineMark { Markers: true });

    public static bool IsEmpty(Mark mark) => mark switch
    {
        BoxMark box => box.Boxes.Count == 0,
        ViolinMark violin => violin.Violins.Count == 0,
        _ => !mark.XValues.Any() || !mark.YValues.Any(),
    };

    public static string LeftOut(int count, string one, string? several = null) =>
        $"{Plural.Of(count, "value")} {Plural.Form(count, one, several ?? one)} {Plural.Form(count, "is", "are")} left out.";

    public static string Missing(int count) =>
        LeftOut(count, "that is missing or no finite number", "that are missing or no finite numbers");
}
