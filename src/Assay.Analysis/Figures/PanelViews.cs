namespace Assay.Analysis.Figures;

/// <summary>A panel with what its axes show; equal axes of several panels show the same values.</summary>
/// <param name="Panel">The panel.</param>
/// <param name="X">The x axis.</param>
/// <param name="Y">The y axis.</param>
internal sealed record PanelViews(Panel Panel, AxisView X, AxisView Y)
{
    public bool IsEmpty => Panel.Marks.All(ShownFigure.IsEmpty);

    public static IReadOnlyList<PanelViews> Of(Figure figure)
    {
        ILookup<(string?, AxisScale), Panel> byX = figure.Panels.ToLookup(panel => (panel.X.Label, panel.X.Scale));
        ILookup<(string?, AxisScale), Panel> byY = figure.Panels.ToLookup(panel => (panel.Y.Label, panel.Y.Scale));
        var xs = new Dictionary<(string?, AxisScale), AxisView>();
        var ys = new Dictionary<(string?, AxisScale), AxisView>();
        foreach (IGrouping<(string?, AxisScale), Panel> panels in byX)
            xs[panels.Key] = View([.. panels], p => p.X, m => m.XValues, across: true);
        foreach (IGrouping<(string?, AxisScale), Panel> panels in byY)
            ys[panels.Key] = View([.. panels], p => p.Y, m => m.YValues, across: false);
        return
        [
            .. figure.Panels.Select(panel => new PanelViews(
                panel, xs[(panel.X.Label, panel.X.Scale)], ys[(panel.Y.Label, panel.Y.Scale)])),
        ];
    }

    // A lower bound near 0 has no place near the values on a logarithmic axis; it leaves the panel instead of stretching it.
    private static IEnumerable<double> WithNearBounds(LineMark line)
    {
        double least = line.Y.Where(value => value > 0).DefaultIfEmpty(0).Min() / 10;
        return line.Y.Concat(line.Upper).Concat(line.Lower.Where(bound => bound >= least));
    }

    private static AxisView View(Panel[] panels, Func<Panel, Axis> axisOf, Func<Mark, IEnumerable<double>> valuesOf, bool across)
    {
        Axis axis = axisOf(panels[0]);
        Mark[] marks = [.. panels.SelectMany(panel => panel.Marks).Where(mark => !ShownFigure.IsEmpty(mark))];
        IEnumerable<double> values = marks.SelectMany(mark =>
            axis.Scale == AxisScale.Log && !across && mark is LineMark { Lower.Count: > 0 } line ? WithNearBounds(line) : valuesOf(mark));
        BarMark[] bars = [.. marks.OfType<BarMark>().Where(bar => bar.Horizontal == across)];
        // Bars stand on the edge of the panel.
        if (bars.Length > 0 && axis.Min is null && axis.Scale == AxisScale.Linear && bars.All(bar => bar.Base == bars[0].Base)
            && !values.Any(value => value < bars[0].Base))
            axis = axis with { Min = bars[0].Base };
        return AxisView.Of(axis, values, tight: marks.Any(mark => mark is ContourMark));
    }
}
