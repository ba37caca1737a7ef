namespace Assay.Analysis.Figures;

/// <summary>Colours, shapes and lines of marks as ScottPlot names them.</summary>
internal static class MarkStyle
{
    public const float LineWidth = 1.8f, MarkerSize = 8;

    private static readonly ScottPlot.MarkerShape[] Shapes =
    [
        ScottPlot.MarkerShape.FilledCircle, ScottPlot.MarkerShape.FilledSquare, ScottPlot.MarkerShape.FilledTriangleUp,
        ScottPlot.MarkerShape.FilledDiamond, ScottPlot.MarkerShape.FilledTriangleDown, ScottPlot.MarkerShape.OpenCircle,
        ScottPlot.MarkerShape.OpenSquare, ScottPlot.MarkerShape.Eks,
    ];

    public static ScottPlot.Color Color(Mark mark, FigureTheme theme) => ScottPlot.Color.FromHex(Palette.Color(mark.Series, theme));

    /// <summary>The opacity of the areas of a mark, within a line around them.</summary>
    public static double Opacity(Mark mark) => (mark is BarMark, Palette.IsSecond(mark.Series)) switch
    {
        (true, false) => 0.8,
        (true, true) => 0.2,
        (false, false) => 0.35,
        (false, true) => 0,
    };

    public static ScottPlot.MarkerShape Shape(int series) => Shapes[Palette.Shape(series)];

    public static ScottPlot.LinePattern Pattern(LineMark line) =>
        line.Dashed || Palette.IsSecond(line.Series) ? ScottPlot.LinePattern.Dashed : ScottPlot.LinePattern.Solid;
}
