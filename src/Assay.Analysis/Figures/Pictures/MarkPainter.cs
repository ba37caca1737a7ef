using ScottPlot.Rendering.RenderActions;
using SkiaSharp;

namespace Assay.Analysis.Figures;

/// <summary>Draws the marks of a panel by ScottPlot, whose axes run from 0 to 1.</summary>
internal sealed class MarkPainter : IDisposable
{
    private const int MostCells = 2_500, MostTexts = 300, ManyPoints = 20_000, ContourGrid = 80, Contours = 8;

    private readonly ScottPlot.Plot _plot = new();
    private readonly Figure _figure;
    private readonly PanelViews _views;
    private readonly ColorRange? _colors;
    private readonly SKRect _data;
    private readonly int _columns, _rows;

    public MarkPainter(Figure figure, PanelViews views, ColorRange? colors, SKRect data, float scale)
    {
        (_figure, _views, _colors, _data) = (figure, views, colors, data);
        (_columns, _rows) = ((int)(data.Width * scale), (int)(data.Height * scale));
        _plot.Axes.SetLimits(0, 1, 0, 1);
        _plot.Layout.Fixed(new ScottPlot.PixelRect(data.Left, data.Right, data.Bottom, data.Top));
        // The panels around this one stay, and the axes are drawn by PanelPicture.
        _plot.RenderManager.RenderActions.RemoveAll(
            action => action is not (ReplaceNullAxesWithDefaults or CalculateLayout or RenderPlottables));
        foreach (Mark mark in views.Panel.Marks) Add(mark);
    }

    public void Draw(SKCanvas canvas) => _plot.Render(canvas, new ScottPlot.PixelRect(0, _figure.Width, _figure.Height, 0));

    public void Dispose() => _plot.Dispose();

    /// <summary>The values in the cells of a heatmap, as long as they can be read.</summary>
    public void DrawTexts(PictureText text)
    {
        foreach (HeatmapMark heatmap in _views.Panel.Marks.OfType<HeatmapMark>())
        {
            if (heatmap.Values.Count == 0 || heatmap.Values.Count * heatmap.Values[0].Count > MostTexts) continue;
            (float width, float height) = (_data.Width / heatmap.Values[0].Count, _data.Height / heatmap.Values.Count);
            string[][] cells = [.. heatmap.Values.Select(row => row.Select(v => double.IsNaN(v) ? "" : NumberTicks.Short(v)).ToArray())];
            if (height < 14 || cells.SelectMany(row => row).Max(cell => text.Width(cell, PictureText.Small)) > width - 6) continue;
            for (int row = 0; row < cells.Length; row++)
                for (int column = 0; column < cells[row].Length; column++)
                    text.Draw(
                        cells[row][column], _data.Left + ((column + 0.5f) * width), _data.Bottom - ((row + 0.5f) * height) + 4,
                        SKTextAlign.Center, PictureText.Small,
                        color: Palette.IsDark(_colors!.Color(heatmap.Values[row][column])) ? "#FFFFFF" : "#000000");
        }
    }

    private void Add(Mark mark)
    {
        ScottPlot.Color color = MarkStyle.Color(mark, _figure.Theme);
        switch (mark)
        {
            case LineMark line: AddLine(line, color); break;
            case ScatterMark scatter: AddScatter(scatter, color); break;
            case BarMark bar: AddBars(bar, color); break;
            case BoxMark box: AddBoxes(box, color); break;
            case ViolinMark violin: AddViolins(violin, color); break;
            case HeatmapMark heatmap: AddHeatmap(heatmap); break;
            case ContourMark contour: AddContour(contour); break;
        }
    }

    private void AddLine(LineMark line, ScottPlot.Color color)
    {
        double[] x = _views.X.Places(line.X), y = _views.Y.Places(line.Y);
        double[] low = _views.Y.Places(line.Lower), high = _views.Y.Places(line.Upper);
        int[] kept = Decimation.OfLine(x, y, _columns);
        if (low.Length > 0)
        {
            // An error bar beside each of many points would cover them.
            int[] bounded = [.. kept.Where(i => double.IsFinite(line.Lower[i]) && double.IsFinite(line.Upper[i]))];
            if (line.Band) AddBand(Take(x, kept), [.. kept.Select(i => Or(low[i], y[i]))], [.. kept.Select(i => Or(high[i], y[i]))], color);
            else AddErrorBars(Take(x, bounded), Take(y, bounded), Take(low, bounded), Take(high, bounded), across: false, color);
        }

        ScottPlot.Plottables.Scatter drawn = _plot.Add.Scatter(Take(x, kept), Take(y, kept), color);
        drawn.LineWidth = MarkStyle.LineWidth;
        drawn.LinePattern = MarkStyle.Pattern(line);
        drawn.ConnectStyle = line.Steps ? ScottPlot.ConnectStyle.StepHorizontal : ScottPlot.ConnectStyle.Straight;
        bool markers = line.X.Count == 1 || (line.Markers && line.X.Count <= _columns / 6);
        drawn.MarkerShape = markers ? MarkStyle.Shape(line.Series) : ScottPlot.MarkerShape.None;
        drawn.MarkerSize = markers ? MarkStyle.MarkerSize : 0;
    }

    private void AddBand(double[] x, double[] low, double[] high, ScottPlot.Color color)
    {
        ScottPlot.Plottables.FillY band = _plot.Add.FillY(x, low, high);
        band.FillColor = color.WithAlpha(0.22);
        band.LineWidth = 0;
        band.MarkerSize = 0;
    }

    private void AddErrorBars(double[] at, double[] value, double[] low, double[] high, bool across, ScottPlot.Color color)
    {
        if (at.Length == 0) return;
        double[] down = [.. value.Zip(low, (v, l) => v - l)], up = [.. value.Zip(high, (v, h) => h - v)];
        ScottPlot.Plottables.ErrorBar bars = across ? _plot.Add.ErrorBar(value, at, up) : _plot.Add.ErrorBar(at, value, up);
        (bars.XErrorNegative, bars.XErrorPositive) = across ? (down, up) : (null, null);
        (bars.YErrorNegative, bars.YErrorPositive) = across ? (null, null) : (down, up);
        bars.Color = color;
        bars.LineWidth = 1.3f;
        bars.CapSize = 4;
    }

    private void AddScatter(ScatterMark scatter, ScottPlot.Color color)
    {
        double[] x = _views.X.Places(scatter.X), y = _views.Y.Places(scatter.Y);
        int[] kept = Decimation.OfPoints(x, y, _columns, _rows);
        // Small points still cover two pixels each.
        if (kept.Length > ManyPoints) kept = Decimation.OfPoints(x, y, _columns / 2, _rows / 2);
        (float size, double opacity) = kept.Length switch
        {
            > 5_000 => (3, 0.5),
            > 500 => (5, 0.6),
            _ => (MarkStyle.MarkerSize, 0.85),
        };
        _plot.Add.Markers(
            Take(x, kept), Take(y, kept), MarkStyle.Shape(scatter.Series), size, color.WithAlpha(scatter.Faint ? 0.35 : opacity));
    }

    private void AddBars(BarMark bar, ScottPlot.Color color)
    {
        (AxisView along, AxisView upward) = bar.Horizontal ? (_views.Y, _views.X) : (_views.X, _views.Y);
        double start = upward.Place(bar.Base);
        double[] from = along.Places(bar.From), to = along.Places(bar.To), end = upward.Places(bar.Values);
        // Where bars are narrower than a pixel, an edge would be all that is seen.
        float edge = from.Length == 0 || (to[0] - from[0]) * (bar.Horizontal ? _rows : _columns) < 4 ? 0 : 1;
        ScottPlot.Color fill = color.WithAlpha(MarkStyle.Opacity(bar));
        for (int i = 0; i < end.Length; i++)
        {
            (double least, double most) = (Math.Min(start, end[i]), Math.Max(start, end[i]));
            if (bar.Horizontal) AddRectangle(least, most, from[i], to[i], fill, color, edge);
            else AddRectangle(from[i], to[i], least, most, fill, color, edge);
        }

        if (bar.Lower.Count == 0) return;
        int[] bounded = [.. Enumerable.Range(0, end.Length).Where(i => double.IsFinite(bar.Lower[i]) && double.IsFinite(bar.Upper[i]))];
        AddErrorBars(
            [.. bounded.Select(i => (from[i] + to[i]) / 2)], Take(end, bounded), Take(upward.Places(bar.Lower), bounded),
            Take(upward.Places(bar.Upper), bounded), bar.Horizontal, ScottPlot.Color.FromHex(Palette.Text(_figure.Theme)));
    }

    private void AddBoxes(BoxMark mark, ScottPlot.Color color)
    {
        foreach (Box box in mark.Boxes)
        {
            double at = _views.X.Place(box.At), left = _views.X.Place(box.At - (box.Width / 2)), right = (2 * at) - left;
            double first = _views.Y.Place(box.Quartile1), median = _views.Y.Place(box.Median), third = _views.Y.Place(box.Quartile3);
            double low = _views.Y.Place(box.Low), high = _views.Y.Place(box.High);
            (double capLeft, double capRight) = (at - ((right - left) / 4), at + ((right - left) / 4));
            AddStroke(at, low, at, first, color, 1.2f);
            AddStroke(at, third, at, high, color, 1.2f);
            AddStroke(capLeft, low, capRight, low, color, 1.2f);
            AddStroke(capLeft, high, capRight, high, color, 1.2f);
            AddRectangle(left, right, first, third, color.WithAlpha(MarkStyle.Opacity(mark)), color, 1.2f);
            AddStroke(left, median, right, median, color, 2.4f);
            double[] outliers = _views.Y.Places(box.Outliers);
            int[] kept = Decimation.OfPoints(Array.ConvertAll(outliers, _ => at), outliers, _columns, _rows);
            if (kept.Length > 0)
                _plot.Add.Markers(Array.ConvertAll(kept, _ => at), Take(outliers, kept), ScottPlot.MarkerShape.OpenCircle, 5, color);
        }
    }

    private void AddViolins(ViolinMark mark, ScottPlot.Color color)
    {
        foreach (Violin violin in mark.Violins)
        {
            double at = _views.X.Place(violin.At), half = _views.X.Place(violin.At + (violin.Width / 2)) - at;
            double[] y = _views.Y.Places(violin.Values);
            ScottPlot.Coordinates[] outline =
            [
                .. y.Select((value, i) => new ScottPlot.Coordinates(at - (half * violin.Densities[i]), value)),
                .. y.Select((value, i) => new ScottPlot.Coordinates(at + (half * violin.Densities[i]), value)).Reverse(),
            ];
            ScottPlot.Plottables.Polygon shape = _plot.Add.Polygon(outline);
            (shape.FillColor, shape.LineColor, shape.LineWidth) = (color.WithAlpha(MarkStyle.Opacity(mark)), color, 1.2f);
            AddStroke(at, _views.Y.Place(violin.Quartile1), at, _views.Y.Place(violin.Quartile3), color, 5);
            _plot.Add.Marker(
                at, _views.Y.Place(violin.Median), ScottPlot.MarkerShape.FilledCircle, 6,
                ScottPlot.Color.FromHex(Palette.Ground(_figure.Theme)));
        }
    }

    private void AddHeatmap(HeatmapMark heatmap)
    {
        if (heatmap.Values.Count == 0 || _colors is null) return;
        (int rows, int columns) = (heatmap.Values.Count, heatmap.Values[0].Count);
        if (rows * columns > MostCells)
        {
            AddColors(rows, columns, (row, column) => heatmap.Values[row][column], smooth: false);
            return;
        }

        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                if (double.IsFinite(heatmap.Values[row][column]))
                {
                    ScottPlot.Color color = ScottPlot.Color.FromHex(_colors.Color(heatmap.Values[row][column]));
                    AddRectangle(
                        _views.X.Place(column - 0.5), _views.X.Place(column + 0.5), _views.Y.Place(row - 0.5), _views.Y.Place(row + 0.5),
                        color, color, 0.6f);
                }
    }

    private void AddContour(ContourMark contour)
    {
        if (_colors is null) return;
        var surface = new ContourSurface(contour, _views);
        AddColors(
            ContourGrid, ContourGrid, (row, column) => surface.At(column / (ContourGrid - 1.0), row / (ContourGrid - 1.0)), smooth: true);
        AddContourLines(surface);
    }

    private void AddContourLines(ContourSurface surface)
    {
        var points = new ScottPlot.Coordinates3d[ContourGrid, ContourGrid];
        for (int row = 0; row < ContourGrid; row++)
            for (int column = 0; column < ContourGrid; column++)
            {
                (double x, double y) = (column / (ContourGrid - 1.0), row / (ContourGrid - 1.0));
                points[row, column] = new ScottPlot.Coordinates3d(x, y, _colors!.View.Place(surface.At(x, y)));
            }

        ScottPlot.Plottables.ContourLines lines = _plot.Add.ContourLines(points, Contours);
        (lines.LineColor, lines.LineWidth, lines.LabelStyle.IsVisible) = (ScottPlot.Colors.White.WithAlpha(0.75), 1, false);
    }

    private void AddColors(int rows, int columns, Func<int, int, double> value, bool smooth)
    {
        var places = new double[rows, columns];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                places[rows - 1 - row, column] = value(row, column) is var v && double.IsFinite(v) ? _colors!.View.Place(v) : double.NaN;
        ScottPlot.Plottables.Heatmap cells = _plot.Add.Heatmap(places);
        cells.Colormap = new ScottPlot.Colormaps.Viridis();
        cells.ManualRange = new ScottPlot.Range(0, 1);
        cells.Rectangle = new ScottPlot.CoordinateRect(0, 1, 0, 1);
        cells.Smooth = smooth;
    }

    private void AddRectangle(double left, double right, double bottom, double top, ScottPlot.Color fill, ScottPlot.Color edge, float width)
    {
        ScottPlot.Plottables.Rectangle rectangle = _plot.Add.Rectangle(left, right, bottom, top);
        (rectangle.FillColor, rectangle.LineColor, rectangle.LineWidth) = (fill, edge, width);
    }

    private void AddStroke(double x1, double y1, double x2, double y2, ScottPlot.Color color, float width)
    {
        ScottPlot.Plottables.LinePlot line = _plot.Add.Line(x1, y1, x2, y2);
        (line.LineColor, line.LineWidth, line.MarkerSize) = (color, width, 0);
    }

    private static double Or(double value, double other) => double.IsFinite(value) ? value : other;

    private static double[] Take(double[] values, int[] kept) => Array.ConvertAll(kept, i => values[i]);
}
