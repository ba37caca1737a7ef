using SkiaSharp;

namespace Assay.Analysis.Figures;

/// <summary>Draws one panel: frame, lines at round values, their labels, and the marks between them.</summary>
internal sealed class PanelPicture(
    Figure figure, PanelViews views, ColorRange? colors, SKCanvas canvas, PictureText text, float scale)
{
    private const float LabelLine = PictureText.Small * 1.45f, NameLine = 20, Right = 10, MostShort = 40;

    private IReadOnlyList<AxisTick> _xTicks = [], _yTicks = [];
    private bool _upwards;

    public Panel Panel => views.Panel;

    /// <summary>The room to the left of the data, for labels and the name of the axis.</summary>
    public float LeftMargin { get; private set; }

    /// <summary>The room below the data.</summary>
    public float BottomMargin { get; private set; }

    private float TopMargin => string.IsNullOrEmpty(Panel.Title) ? 6 : NameLine;

    private bool HasNoAxes => views.IsEmpty || Panel.Marks.Any(mark => mark is ParallelMark);

    public void Measure(SKSize size)
    {
        float xName = string.IsNullOrEmpty(Name(views.X)) ? 0 : NameLine, yName = string.IsNullOrEmpty(Name(views.Y)) ? 0 : NameLine;
        if (!HasNoAxes)
        {
            // How many labels fit beside the y axis depends on how high those of the x axis are, and the other way round.
            _yTicks = YTicks(size.Height - TopMargin - xName - LabelLine, size.Width * 0.35f);
            _xTicks = XTicks(size.Width - WidestOf(_yTicks) - yName - Right, size.Height * 0.35f);
            if (_upwards) _yTicks = YTicks(size.Height - TopMargin - xName - WidestOf(_xTicks), size.Width * 0.35f);
        }

        LeftMargin = yName + (_yTicks.Count == 0 ? 0 : WidestOf(_yTicks) + 8);
        BottomMargin = xName + (_xTicks.Count == 0 ? 4 : _upwards ? WidestOf(_xTicks) + 10 : LabelLine + 6);
    }

    /// <param name="area">The place of the panel.</param>
    /// <param name="left">The room to the left, at least <see cref="LeftMargin"/>.</param>
    /// <param name="bottom">The room below, at least <see cref="BottomMargin"/>.</param>
    public void Draw(SKRect area, float left, float bottom)
    {
        var data = new SKRect(area.Left + left, area.Top + TopMargin, area.Right - Right, area.Bottom - bottom);
        if (data.Width < 10 || data.Height < 10)
            throw new AssayException($"A figure of {figure.Width} × {figure.Height} pixels has no room for "
                + $"{Plural.Of(figure.Panels.Count, "panel")}; expected a larger one. Give it more with Figure.Size(width, height), "
                + "or on the command line with --width and --height.");
        if (!string.IsNullOrEmpty(Panel.Title))
            text.Draw(
                text.Cut(Panel.Title, data.Width, PictureText.Small, bold: true), data.MidX, area.Top + 12, SKTextAlign.Center,
                PictureText.Small, bold: true);
        if (views.IsEmpty) DrawNothing(area, data);
        else if (Panel.Marks.OfType<ParallelMark>().FirstOrDefault() is { } parallel)
            new ParallelPicture(figure, parallel, colors, canvas, text).Draw(area with { Top = data.Top });
        else DrawData(area, data);
    }

    private void DrawNothing(SKRect area, SKRect data)
    {
        DrawFrame(data);
        text.Draw("no data", data.MidX, data.MidY, SKTextAlign.Center, color: Palette.FaintText(figure.Theme));
        DrawNames(area, data);
    }

    private void DrawData(SKRect area, SKRect data)
    {
        DrawGrid(data);
        using var painter = new MarkPainter(figure, views, colors, data, scale);
        painter.Draw(canvas);
        painter.DrawTexts(text);
        DrawFrame(data);
        DrawLabels(area, data);
        DrawNames(area, data);
    }

    private void DrawGrid(SKRect data)
    {
        using var paint = new SKPaint { Color = SKColor.Parse(Palette.Grid(figure.Theme)), StrokeWidth = 1, IsAntialias = true };
        // Categories have no values between them, which lines would help to read.
        if (views.X.Scale != AxisScale.Category)
            foreach (AxisTick tick in _xTicks) canvas.DrawLine(X(data, tick), data.Top, X(data, tick), data.Bottom, paint);
        if (views.Y.Scale != AxisScale.Category)
            foreach (AxisTick tick in _yTicks) canvas.DrawLine(data.Left, Y(data, tick), data.Right, Y(data, tick), paint);
    }

    private void DrawFrame(SKRect data)
    {
        using var paint = new SKPaint
        {
            Color = SKColor.Parse(Palette.FaintText(figure.Theme)),
            StrokeWidth = 1,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
        };
        canvas.DrawRect(data, paint);
        foreach (AxisTick tick in _xTicks) canvas.DrawLine(X(data, tick), data.Bottom, X(data, tick), data.Bottom + 4, paint);
        foreach (AxisTick tick in _yTicks) canvas.DrawLine(data.Left - 4, Y(data, tick), data.Left, Y(data, tick), paint);
    }

    private void DrawLabels(SKRect area, SKRect data)
    {
        foreach (AxisTick tick in _xTicks)
        {
            if (_upwards)
            {
                text.DrawUpwards(tick.Label, X(data, tick) + 4, data.Bottom + 8, SKTextAlign.Right, PictureText.Small);
                continue;
            }

            float half = text.Width(tick.Label, PictureText.Small) / 2;
            float x = Math.Clamp(X(data, tick), area.Left + half, Math.Max(area.Left + half, area.Right - half));
            text.Draw(tick.Label, x, data.Bottom + LabelLine + 1, SKTextAlign.Center, PictureText.Small);
        }

        foreach (AxisTick tick in _yTicks)
            text.Draw(tick.Label, data.Left - 8, Y(data, tick) + 4, SKTextAlign.Right, PictureText.Small);
    }

    private void DrawNames(SKRect area, SKRect data)
    {
        if (Name(views.X) is { Length: > 0 } x)
            text.Draw(
                text.Cut(x, area.Right - data.Left, PictureText.Normal), Middle(x, data.MidX, data.Left, area.Right), area.Bottom - 4,
                SKTextAlign.Center);
        if (Name(views.Y) is { Length: > 0 } y)
            text.DrawUpwards(
                text.Cut(y, data.Bottom - area.Top, PictureText.Normal), area.Left + 11, Middle(y, data.MidY, area.Top, data.Bottom),
                SKTextAlign.Center);
    }

    // Centred on the data where there is room, else shifted into the panel.
    private float Middle(string name, float middle, float from, float to)
    {
        float half = Math.Min(text.Width(name, PictureText.Normal), to - from) / 2;
        return Math.Clamp(middle, from + half, Math.Max(from + half, to - half));
    }

    private static string? Name(AxisView view) =>
        view.Scale == AxisScale.Time ? $"{view.Axis.Label} ({TimeTicks.Unit(view)})".Trim() : view.Axis.Label;

    private IReadOnlyList<AxisTick> YTicks(float height, float most)
    {
        if (views.Y.Scale == AxisScale.Category)
            return Cut(views.Y.Names((int)Math.Ceiling(views.Y.Axis.Categories.Count * LabelLine / Math.Max(1, height))), most);
        return Cut(views.Y.Ticks(ticks => ticks.Count * LabelLine * 1.6f <= height || AreTwo(ticks, height)), most);
    }

    // Two labels tell the scale also where they have no more room than they need.
    private static bool AreTwo(IReadOnlyList<AxisTick> ticks, float height) =>
        ticks.Count == 2 && (ticks[1].Place - ticks[0].Place) * height >= LabelLine;

    private IReadOnlyList<AxisTick> XTicks(float width, float most)
    {
        IReadOnlyList<AxisTick> Fitting() => views.X.Ticks(ticks => Fit(ticks, width));
        if (views.X.Scale != AxisScale.Category) return Fitting();
        if (views.X.Names(1) is var all && Fit(all, width)) return all;
        // Of short ones some are left out; long ones are turned, and as many as there is room for are left.
        if (WidestOf(all) <= MostShort) return Fitting();
        _upwards = true;
        return Cut(views.X.Names((int)Math.Ceiling(all.Count * LabelLine / Math.Max(1, width))), most);
    }

    private bool Fit(IReadOnlyList<AxisTick> ticks, float width)
    {
        for (int i = 1; i < ticks.Count; i++)
        {
            float both = text.Width(ticks[i - 1].Label, PictureText.Small) + text.Width(ticks[i].Label, PictureText.Small);
            if ((ticks[i].Place - ticks[i - 1].Place) * width < (both / 2) + 10) return false;
        }

        return ticks.Count != 1 || text.Width(ticks[0].Label, PictureText.Small) <= width;
    }

    private AxisTick[] Cut(IReadOnlyList<AxisTick> ticks, float most) =>
        [.. ticks.Select(tick => tick with { Label = text.Cut(tick.Label, most, PictureText.Small) })];

    private float WidestOf(IReadOnlyList<AxisTick> ticks) =>
        ticks.Count == 0 ? 0 : ticks.Max(tick => text.Width(tick.Label, PictureText.Small));

    private static float X(SKRect data, AxisTick tick) => data.Left + ((float)tick.Place * data.Width);

    private static float Y(SKRect data, AxisTick tick) => data.Bottom - ((float)tick.Place * data.Height);
}
